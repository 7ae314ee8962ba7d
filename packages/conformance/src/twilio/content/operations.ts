/** Operations on content templates. */

import { type Operation, operationsOf } from '../operation.js';
import {
  createContent,
  deleteContent,
  fetchApproval,
  fetchContent,
  listContents,
  listContentsWithApprovals,
} from './contents.js';

export const CONTENT_OPERATIONS: readonly Operation[] = operationsOf('content', {
  'GET /v1/Content': listContents,
  'POST /v1/Content': createContent,
  'GET /v1/Content/{Sid}': fetchContent,
  'DELETE /v1/Content/{Sid}': deleteContent,
  'GET /v1/Content/{Sid}/ApprovalRequests': fetchApproval,
  'GET /v1/ContentAndApprovals': listContentsWithApprovals,
});
