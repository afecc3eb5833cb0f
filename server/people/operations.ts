import { endDeputy, listDeputies, nameDeputy } from './deputies.ts'
import { demoSignIns, findPeople, listOrganizations } from './find-people.ts'
import { changePassword, confirmSecondFactor, disableSecondFactor, enableSecondFactor, listSessions, revokeSession } from './my-account.ts'
import { requestCode, signInWithCode } from './sign-in-by-code.ts'
import { currentPerson, signIn, signOut } from './sign-in.ts'

export const people = {
  signIn, signOut, currentPerson, requestCode, signInWithCode,
  listSessions, revokeSession, changePassword, enableSecondFactor, confirmSecondFactor, disableSecondFactor,
  findPeople, listOrganizations, demoSignIns,
  listDeputies, nameDeputy, endDeputy,
}
