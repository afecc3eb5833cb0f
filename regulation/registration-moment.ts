import { zone } from './local-day.ts'
import { addWorkingDays, isWorkingDay, type WorkingCalendar } from './working-calendar.ts'

/** A clerk's day, in hours of Asia/Almaty. */
const [opens, closes] = [9, 18]

/**
 * When an appeal received at a moment counts as registered. A portal registers at once, at any hour (п. 11.6.5).
 * What a clerk registers waits for working time: before 09:00 until 09:00, after 18:00 or on a day off until
 * 09:00 of the next working day (АППК ст. 64).
 */
export function registrationMoment(
  calendar: WorkingCalendar, receivedAt: Temporal.Instant, registersAtOnce: boolean,
): Temporal.Instant {
  if (registersAtOnce) return receivedAt
  const local = receivedAt.toZonedDateTimeISO(zone)
  const day = local.toPlainDate()
  const worked = isWorkingDay(calendar, day)
  if (worked && local.hour >= opens && local.hour < closes) return receivedAt
  const registeredOn = worked && local.hour < opens ? day : addWorkingDays(calendar, day, 1)
  return registeredOn.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour: opens }) }).toInstant()
}
