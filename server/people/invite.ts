import { parseArgs } from 'node:util'
import { roles, type Role } from '../../regulation/vocabulary.ts'
import { readConfig } from '../config.ts'
import { now } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import type { DB } from '../schema.ts'
import { createPeople, readablePassword } from './create-person.ts'
import { hashPassword } from './passwords.ts'
import { readGroup } from './read-group.ts'

/**
 * Adds a member of staff to one's own database and prints their first password:
 * `npm run invite -- --email a@b.kz --name "Имя" --role it_admin --organization ske [--unit …]`
 */
const { values } = parseArgs({
  options: { email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, organization: { type: 'string' }, unit: { type: 'string' } },
})
const read = readConfig(process.env)
const faults = read.ok ? faultsOf(read.config.groupFile) : read.faults.map((fault) => `${fault.name} is ${fault.given}. ${fault.remedy}`)
if (!read.ok || faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
if (!read.config.databaseUrl) {
  console.error('Give DATABASE_URL: the embedded database has the demo group\'s people.')
  process.exit(1)
}
const password = readablePassword()
const { db } = openDatabase<DB>(read.config.databaseUrl, { pool: 2 })
const created = await createPeople(db, [{
  email: values.email!, name: values.name!, passwordHash: await hashPassword(password),
  assignments: [{ role: values.role as Role, organization: values.organization!, ...(values.unit && { unit: values.unit }) }],
}], now())
await db.destroy()
console.log(created === 1 ? `${values.email} may sign in with: ${password}` : `${values.email} is already known; nothing was changed.`)

function faultsOf(groupFile: string): string[] {
  const group = readGroup(groupFile)
  return [
    ...(values.email?.includes('@') ? [] : ['--email is missing']),
    ...(values.name ? [] : ['--name is missing']),
    ...((roles as readonly string[]).includes(values.role ?? '') ? [] : [`--role is one of ${roles.join(', ')}`]),
    ...(group.organizations.has(values.organization ?? '') ? [] : [`--organization is one of ${[...group.organizations.keys()].join(', ')}`]),
    ...(!values.unit || group.units.get(values.unit)?.organization === values.organization ? [] : [`--unit is not one of ${values.organization}`]),
  ]
}
