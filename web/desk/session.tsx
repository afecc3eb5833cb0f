import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import type { Language } from '../../regulation/vocabulary.ts'
import { vocabulary, type Vocabulary } from '../i18n/vocabulary.ts'
import { api, type Group, type Person } from './client.ts'
import { deskWords, type DeskWords } from './words.ts'

/** The reader's language and everything said in it. */
type Speech = { readonly language: Language; readonly words: DeskWords; readonly named: Vocabulary; readonly setLanguage: (language: Language) => void }
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

export const usePerson = (): { person: Person | undefined; loading: boolean } => {
  const { data, isPending } = useQuery(api.people.currentPerson.queryOptions({ staleTime: 60_000 }))
  return { person: data, loading: isPending }
}

/** The group's organizations and units, by id, in the reader's language. */
export function useGroup(): { group: Group | undefined; organization: (id: string) => string; unit: (id: string) => string; holder: (text: string) => string } {
  const { language, named } = useSpeech()
  const { data: group } = useQuery(api.people.listOrganizations.queryOptions({ staleTime: 600_000 }))
  const organization = (id: string) => group?.organizations.find((o) => o.id === id)?.shortName[language] ?? id
  const unit = (id: string) => group?.organizations.flatMap((o) => o.units).find((u) => u.id === id)?.name[language] ?? id
  return {
    group, organization, unit,
    /** `unit_head@skes/skes-billing` → «Начальник подразделения, Отдел расчётов» */
    holder: (text) => {
      if (text === 'applicant') return named.applicant
      if (text === 'system') return named.system
      const [role = '', place] = text.split('@')
      const [org, unitId] = place?.split('/') ?? []
      const roleName = named.roles[role as keyof typeof named.roles]
      if (!roleName) return text
      return [roleName, unitId ? unit(unitId) : org && organization(org)].filter(Boolean).join(', ')
    },
  }
}
