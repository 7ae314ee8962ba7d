/** Where versions of connectors are kept when nobody says otherwise, below the current directory. */
export const DEFAULT_CONNECTORS = '.flowdeck/connectors';
