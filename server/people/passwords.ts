import { hash, verify } from '@node-rs/argon2'

/** Argon2id at OWASP's first choice: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** Takes the same time whether or not the account exists, so that nobody learns which do. */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  const right = await verify(kept ?? (await nobodys()), password.normalize('NFKC'))
  return right && typeof kept === 'string'
}

let madeUp: Promise<string> | undefined
const nobodys = (): Promise<string> => (madeUp ??= hashPassword(crypto.randomUUID()))
