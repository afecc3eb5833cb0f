import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import type { Language, Role } from '../../regulation/vocabulary.ts'
import { vocabulary, type Vocabulary } from '../i18n/vocabulary.ts'
import { api, type Group, type Person } from './client.ts'
import { deskWords, type DeskWords } from './words.ts'

/** The reader's language and everything said in it. */
type Speech = {
  readonly language: Language
  readonly words: DeskWords
  readonly named: Vocabulary
  readonly setLanguage: (language: Language) => void
}
const SpeechContext = createContext<Speech | undefined>(undefined)

const kept = 'jauap-desk-language'

export function SpeechProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(kept) === 'kk' ? 'kk' : 'ru'))
  useEffect(() => {
    document.documentElement.lang = language
    localStorage.setItem(kept, language)
  }, [language])
  return (
    <SpeechContext.Provider value={{ language, setLanguage, words: deskWords[language], named: vocabulary[language] }}>
      {children}
    </SpeechContext.Provider>
  )
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('no SpeechProvider above')
  return speech
}

/** Whoever was let in; still known while a session that ended is being opened again, so that nothing on screen is lost. */
const PersonContext = createContext<Person | undefined>(undefined)
export const PersonProvider = PersonContext.Provider

export function usePerson(): { readonly person: Person | undefined; readonly holds: (...roles: readonly Role[]) => boolean } {
  const person = useContext(PersonContext)
  return { person, holds: (...roles) => person?.assignments?.some((assignment) => roles.includes(assignment.role)) ?? false }
}

/** Who serves the consumers' accounts at a window, who settles months, who posts them, who exchanges files with other systems; the server asks the same (`find-account.ts`). */
export function useLedgerRights(): { readonly serves: boolean; readonly settles: boolean; readonly posts: boolean; readonly exchanges: boolean } {
  const { person } = usePerson()
  const { group } = useGroup()
  const { organization, settlesIn } = group?.cabinet ?? {}
  const holds = (role: Role, unit?: string) => person?.assignments?.some((one) => one.role === role && one.organization === organization && (unit === undefined || one.unit === unit)) ?? false
  const settles = settlesIn !== undefined && (holds('unit_head', settlesIn) || holds('executor', settlesIn))
  const [head] = group?.organizations ?? []
  const administers = person?.assignments?.some((one) => one.role === 'it_admin' && (one.organization === head?.id || one.organization === organization)) ?? false
  return { settles, exchanges: settles || administers, posts: settlesIn !== undefined && holds('unit_head', settlesIn), serves: settles || (['front_desk', 'contact_centre_agent', 'contact_centre_head', 'district_head'] as const).some((role) => holds(role)) }
}

type Places = {
  readonly group: Group | undefined
  readonly organization: (id: string) => string
  readonly unit: (id: string) => string
  /** `unit_head@skes/skes-billing` → «Начальник подразделения, Отдел расчётов» */
  readonly holder: (text: string) => string
}

/** The group's organizations and units, by id, in the reader's language. */
export function useGroup(): Places {
  const { language, named } = useSpeech()
  const { data: group } = useQuery(api.people.listOrganizations.queryOptions({ staleTime: 600_000 }))
  const organization = (id: string) => group?.organizations.find((o) => o.id === id)?.shortName[language] ?? id
  const unit = (id: string) => group?.organizations.flatMap((o) => o.units).find((u) => u.id === id)?.name[language] ?? id
  return {
    group, organization, unit,
    holder: (text) => {
      if (text === 'applicant') return named.applicant
      if (text === 'system') return named.system
      const [role = '', place] = text.split('@')
      const [org, unitId] = place?.split('/') ?? []
      const roleName = named.roles[role as Role]
      if (!roleName) return text
      return [roleName, unitId ? unit(unitId) : org && organization(org)].filter(Boolean).join(', ')
    },
  }
}
