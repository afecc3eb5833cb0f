/** The consent a person gives with the form; its words are in `web/i18n`, told apart by this date. */
export const consentVersion = '2026-11'
