/** The library of cookies, in a module of its own, to be loaded late: bundlers give names of it to static imports only. */
export { CookieJar, pathMatch } from 'tough-cookie';
