import type { Config } from '../config.ts'
import { mac, verifyMac } from '../platform/sign.ts'

const length = 8
type Secretive = { readonly id: number; readonly secret_version: number }

/**
 * The code printed on an account's bills, with which its household opens it in the cabinet (п. 11.3.1): worked out from
 * the account and the installation's secret, so that nothing that could be stolen is stored. Another version, another code.
 */
export const accountSecret = (config: Config, { id, secret_version }: Secretive): string => mac(config.secret, 'account', `${id}:${secret_version}`, length)

/** Forgiving of case, spaces and letters that look alike, as a person types it from paper. */
export const isAccountSecret = (config: Config, { id, secret_version }: Secretive, typed: string): boolean => verifyMac(config.secret, 'account', `${id}:${secret_version}`, typed, length)
