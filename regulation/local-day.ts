/** The zone of every day in the product: UTC+5 since 1 March 2024, UTC+6 before. */
export const zone = 'Asia/Almaty'

/** The day on which a moment falls in Petropavl, whatever the zone of the machine. */
export function localDay(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}
