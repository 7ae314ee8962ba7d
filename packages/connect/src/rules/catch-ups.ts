/** Events that catch up by a poll: it is there, and what it gives is told from deliveries by the same ids. */
import type { Diagnostic } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { fault } from './rule.js';

export function* catchUps({ connector }: ConnectorDeck): Iterable<Diagnostic<ConnectCode>> {
  const { events = [], polls = [] } = connector;
  for (const [index, { catchUp, delivery = {} }] of events.entries()) {
    if (catchUp === undefined) continue;
    const place = `/connector/events/${index}/catchUp`;
    const told = (message: string, hint: string) => fault('connector-catch-up', place, message, hint);
    const poll = polls.find(({ key }) => key === catchUp.poll);
    if (poll === undefined) yield told(`There is no poll "${catchUp.poll}".`, 'Name one of "polls".');
    else if (poll.id === undefined)
      yield told(
        `Items of the poll "${poll.key}" have no "id": all of them would be run again.`,
        'Say where it stands.',
      );
    if (delivery.id === undefined)
      yield told('Deliveries have no "id" by which items could be told from them.', 'Add "id" to the delivery.');
    else if (delivery.idIsShared === true)
      yield told(
        'Several deliveries share an id, so that it does not tell which item one was.',
        'Remove "idIsShared".',
      );
  }
}
