/** The one organisation of an installation. Every table carries it, so that there can be more. */
export const ORGANISATION = 'default'
