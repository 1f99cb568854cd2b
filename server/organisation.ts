/** The one organisation of an installation. Every table carries it, so that there can be more. */
export const ORGANISATION = 'default'
/** What it is called as long as nobody has named it. */
export const UNNAMED = 'default'
