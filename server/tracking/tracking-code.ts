import type { AppealId, Language } from '../../regulation/vocabulary.ts'
import type { Config } from '../config.ts'
import { mac, verifyMac } from '../platform/sign.ts'

const codeLength = 10

/**
 * The secret of a tracking link: ten letters worked out from the appeal's id and the installation's secret, so
 * that nothing that could be stolen is stored. With it the whole answer opens, without it only the state.
 */
export const trackingCode = (config: Config, id: AppealId): string => mac(config.secret, 'tracking', String(id), codeLength)

/** Forgiving of case, spaces, dashes and letters that look alike, as a person types it from paper. */
export const isTrackingCode = (config: Config, id: AppealId, typed: string): boolean =>
  verifyMac(config.secret, 'tracking', String(id), typed, codeLength)

export const trackingPath = (config: Config, language: Language, appeal: { id: AppealId; number: string }): string =>
  `/${language}/track/${encodeURIComponent(appeal.number)}/${trackingCode(config, appeal.id)}`

export const trackingUrl = (config: Config, language: Language, appeal: { id: AppealId; number: string }): string =>
  `${config.publicUrl}${trackingPath(config, language, appeal)}`
