/** Operations on messages and their media. */

import { accountOperations, type Operation } from '../operation.js';
import { createMessage } from './create-message.js';
import { deleteMedia, fetchMedia, listMedia } from './media.js';
import { createFeedback, deleteMessage, fetchMessage, listMessages, updateMessage } from './messages.js';

export const MESSAGE_OPERATIONS: readonly Operation[] = [
  ...accountOperations({ 'POST /Messages': createMessage }, { openToTest: true }),
  ...accountOperations({
    'GET /Messages': listMessages,
    'GET /Messages/{Sid}': fetchMessage,
    'POST /Messages/{Sid}': updateMessage,
    'DELETE /Messages/{Sid}': deleteMessage,
    'GET /Messages/{MessageSid}/Media': listMedia,
    'GET /Messages/{MessageSid}/Media/{Sid}': fetchMedia,
    'DELETE /Messages/{MessageSid}/Media/{Sid}': deleteMedia,
    'POST /Messages/{MessageSid}/Feedback': createFeedback,
  }),
];
