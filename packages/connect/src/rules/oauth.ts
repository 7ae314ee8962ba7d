/** Methods of authentication: what OAuth needs is there, and its placeholders name something. */
import type { Diagnostic } from '@flowdeck/engine';
import { type AuthMethod, authMethodsOf, closest, type OAuthGrant, pointerTo } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { PLACEHOLDER } from '../oauth/template.js';
import { fault } from './rule.js';

export function* oauthMethods({ connector }: ConnectorDeck): Iterable<Diagnostic<ConnectCode>> {
  const names = [...(connector.parameters ?? []), ...(connector.config ?? [])].map(({ key }) => key);
  for (const [index, method] of authMethodsOf(connector).entries()) {
    const place = Array.isArray(connector.auth) ? `/connector/auth/${index}` : '/connector/auth';
    yield* grantOf(method, place);
    if (method.oauth) yield* placeholders(method.oauth, `${place}/oauth`, names);
  }
}

function* grantOf({ type, oauth }: AuthMethod, place: string): Iterable<Diagnostic<ConnectCode>> {
  if (oauth === undefined) return;
  if (type !== 'oauth2') {
    const message = `A method of type "${type}" gets no tokens.`;
    yield fault('connector-oauth', `${place}/oauth`, message, 'Remove "oauth", or write "type": "oauth2".');
  }
  if (oauth.grant === 'authorizationCode' && oauth.authorizeUrl === undefined) {
    const message = 'Nobody can be sent to agree: there is no "authorizeUrl".';
    yield fault('connector-oauth', `${place}/oauth`, message, 'Add the URL of the authorization endpoint.');
  }
  if (oauth.grant === 'clientCredentials' && oauth.clientAuthentication === 'none') {
    const message = 'The client credentials grant is only for clients that prove who they are.';
    const hint = 'Write "basic", "basicPlain" or "post".';
    yield fault('connector-oauth', `${place}/oauth/clientAuthentication`, message, hint);
  }
}

function* placeholders(oauth: OAuthGrant, place: string, names: readonly string[]): Iterable<Diagnostic<ConnectCode>> {
  for (const [pointer, text] of textsOf(oauth, place)) {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (names.includes(name)) continue;
      const meant = closest(name, names);
      const hint = meant === null ? `Known: ${names.join(', ') || 'none'}.` : `Did you mean "${meant}"?`;
      yield fault('connector-placeholder', pointer, `No connection has a parameter "${name}".`, hint);
    }
  }
}

/** All texts that may hold placeholders, and where they stand. */
function* textsOf(oauth: OAuthGrant, place: string): Iterable<readonly [pointer: string, text: string]> {
  for (const part of ['authorizeUrl', 'tokenUrl', 'refreshUrl', 'revokeUrl'] as const) {
    const url = oauth[part];
    if (url !== undefined) yield [pointerTo(place, part), url];
  }
  for (const part of ['authorizeParameters', 'tokenParameters'] as const)
    for (const [key, text] of Object.entries(oauth[part] ?? {})) yield [pointerTo(pointerTo(place, part), key), text];
}
