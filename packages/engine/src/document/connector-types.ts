/** The types of a connector's manifest. */
import type { Field, Value } from '../values/index.js';
import type { EventDelivery } from './delivery-types.js';

/** How tokens are got and renewed. In URLs and parameters, `{{key}}` stands for a parameter of the connection. */
export interface OAuthGrant {
  /** `authorizationCode`: a person agrees in a browser. `clientCredentials`: with the connection's own client. */
  readonly grant: 'authorizationCode' | 'clientCredentials';
  /** Expected in answers that name one (RFC 9207). */
  readonly issuer?: string;
  /** Where the browser is sent. The code grant needs it. */
  readonly authorizeUrl?: string;
  /** Where a code, or the client alone, becomes a token. */
  readonly tokenUrl: string;
  /** Where a refresh token becomes an access token. Default: `tokenUrl`. */
  readonly refreshUrl?: string;
  /** Takes tokens back (RFC 7009). */
  readonly revokeUrl?: string;
  /** `basic` (default): form-encoded as RFC 6749 asks. `basicPlain`: not encoded. `post`: in the body. `none`: a public client. */
  readonly clientAuthentication?: 'basic' | 'basicPlain' | 'post' | 'none';
  /** Asked for, separated by spaces. */
  readonly scopes?: readonly string[];
  /** Further parameters of the authorization request, such as `access_type`. */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** Further parameters of all token requests, such as `audience`. */
  readonly tokenParameters?: Readonly<Record<string, string>>;
}

/** How a connection proves who it is. */
export interface AuthMethod {
  /** By which a connection names it, where there are several. */
  readonly key?: string;
  /**
   * `basic`: user name and password (RFC 7617). `oauth2`: an access token (RFC 6750). `custom`: the credentials of
   * `fields`, which the connector's flows send themselves.
   */
  readonly type: 'basic' | 'oauth2' | 'custom';
  /** What people read in place of the type. */
  readonly label?: string;
  /** Labels of `username` and `password` for basic; further credentials for custom. */
  readonly fields?: readonly Field[];
  /** Of `oauth2`: where tokens come from. Absent: the host brings them. */
  readonly oauth?: OAuthGrant;
}

/** A value that every connection of a connector has without being asked: a constant, or what a helper flow works out. */
export interface ConfigValue {
  /** Flows read it as `/connection/KEY`. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** The constant. */
  readonly value?: string;
  /** Id of the helper flow that gives it, as its output `value`, when a connection is made. */
  readonly flow?: string;
  /** True: redacted wherever it appears. */
  readonly secret?: boolean;
  /** False: not shown to the owner of the connection. */
  readonly visible?: boolean;
}

/** What a service sends by itself, and the flows of its life. */
export interface ConnectorEvent {
  /** Unique among the events and polls of the connector. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** Id of the flow, of type `webhook`, that takes a delivery. */
  readonly flow: string;
  /** Id of the flow, of type `webhook-register`, that tells the service the URL of the event. */
  readonly register?: string;
  /** Id of the helper flow that asks whether a registration is still there. */
  readonly exists?: string;
  /** Id of the helper flow that prolongs a registration. */
  readonly renew?: string;
  /** Id of the flow, of type `webhook-deregister`, that ends a registration. */
  readonly deregister?: string;
  /** How deliveries are proven, told apart and answered. */
  readonly delivery?: EventDelivery;
  /** Brings what no delivery brought. */
  readonly catchUp?: EventCatchUp;
}

/** A poll that is asked when the host starts, when a registration was made anew, and after silence. */
export interface EventCatchUp {
  /** Key of the poll. The ids of its items are those of deliveries. */
  readonly poll: string;
  /** So long without a delivery, it is asked; once a day in any case. Default 3,600. */
  readonly silenceSeconds?: number;
}

/** What a service is asked for again and again. */
export interface ConnectorPoll {
  /** Unique among the events and polls of the connector. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** Id of the flow, of type `polling`, that asks. */
  readonly flow: string;
  /** `now` (default): nothing that was there before. `all`: what is there already, too. */
  readonly first?: 'now' | 'all';
  /** JSON Pointer to what tells items apart. Absent: all that the flow gives is new. */
  readonly id?: string;
  /** How the flow lists what it gives. Default `oldestFirst`. */
  readonly order?: 'oldestFirst' | 'newestFirst';
}

/** What a field of actions may be, or what its members are, as a flow of the connector finds out while somebody sets up a card. */
export interface ConnectorLookup {
  /** Ids of the action flows. */
  readonly actions: readonly string[];
  /** Name of the option or input of these actions; for `fields` also of an output. */
  readonly field: string;
  /** `choices` (default): what may be given there. `fields`: the members of the object. */
  readonly gives?: 'choices' | 'fields';
  /** Id of the flow that is asked: a helper or an action. */
  readonly flow: string;
  /** Constants for inputs of that flow. */
  readonly inputs?: Readonly<Record<string, Value>>;
  /** Inputs of that flow, and the option or input of the action that each is given the value of: chosen first. */
  readonly depends?: Readonly<Record<string, string>>;
  /** Input of that flow that is given what a person has typed so far. Absent: the choices are searched here. */
  readonly search?: string;
  /** JSON Pointer into the outputs of that flow: where the list stands. Default: `/` and what it gives. */
  readonly items?: string;
  /** JSON Pointer into an item: what is given to the field. Default `/value`. */
  readonly value?: string;
  /** JSON Pointer into an item: what people read. Default `/label`. */
  readonly label?: string;
}

/** A request of the service for which there is an action: who sends it by hand is told. */
export interface ActionRequest {
  /** Id of the action flow. */
  readonly action: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The URL without a query. `{name}` stands for any text without `/`, `?` and `#`, be it empty. */
  readonly url: string;
}

/** Where something stands in a service's answer: JSON Pointers into its body, of which the first that leads to something counts. */
export type ErrorPlace = string | readonly string[];

/** Where a service's answers to refused requests say why. */
export interface ErrorPlaces {
  /** The service's own code. */
  readonly code?: ErrorPlace;
  /** Its own words. */
  readonly message?: ErrorPlace;
  /** Where to read more. */
  readonly link?: ErrorPlace;
  /** What to do, by the service's own code, by an HTTP status (`503`, `5xx`) or by a code of the engine, in this order. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** A connector's manifest. The flows that it names stand in the same deck. */
export interface ConnectorDocument {
  /** Namespace of the derived cards: `twilio` gives `twilio.sendMessage`. */
  readonly key: string;
  /** For people. */
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** For people, in any length. */
  readonly description?: string;
  /** URL of the service's own documentation. */
  readonly documentation?: string;
  /** Where its users get help: an e-mail address or a URL. */
  readonly support?: string;
  /** A picture beside the manifest, or a data URL. */
  readonly icon?: string;
  /** Accent of its cards: `#` and 3 or 6 hexadecimal digits. */
  readonly color?: string;
  /** How its connections prove who they are: one method, or those that a connection chooses from. */
  readonly auth: AuthMethod | readonly AuthMethod[];
  /** What a connection gives beside credentials; flows read them as `/connection/...`. */
  readonly parameters?: readonly Field[];
  /** What a connection has without giving it. */
  readonly config?: readonly ConfigValue[];
  /** Where the service's answers say why it refused: for messages in its own words. */
  readonly errors?: ErrorPlaces;
  /** Flow ids by role. `actions` become cards. */
  readonly flows: {
    readonly authping?: string;
    readonly revoke?: string;
    readonly httpHelper?: string;
    readonly actions?: readonly string[];
  };
  /** What the service sends by itself. */
  readonly events?: readonly ConnectorEvent[];
  /** What the service is asked for again and again. */
  readonly polls?: readonly ConnectorPoll[];
  /** What fields of actions may be, as the service tells while a card is set up. */
  readonly lookups?: readonly ConnectorLookup[];
  /** Requests that its actions stand for. */
  readonly requests?: readonly ActionRequest[];
}
