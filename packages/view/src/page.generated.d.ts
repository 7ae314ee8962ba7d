/** The script and the style of pages, bundled from `page/` by `scripts/prebuild.mjs`, and their SHA-256 in Base64. */
export const script: string;
export const scriptHash: string;
export const style: string;
export const styleHash: string;
