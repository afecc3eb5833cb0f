import { Spotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMatch, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { elsewhere, stepLabel, useStepOpener } from './card/steps.ts'
import { api } from './client.ts'
import { keepers, posts, useMyQueues } from './navigation.tsx'
import { usePerson, useSpeech } from './session.tsx'

/** Ctrl K: go anywhere, find any appeal, do what may be done with the one on screen. */
export function Palette() {
  const { words } = useSpeech()
  const [text, setText] = useState('')
  const asked = text.trim()
  const steps = useSteps(asked)
  const places = usePlaces(asked)
  const { found, searching } = useFound(asked)
  const sections = [
    { name: words.stepsHere, entries: steps }, { name: words.foundAppeals, entries: found }, { name: words.places, entries: places },
  ].filter(({ entries }) => entries.length > 0)
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={['mod + K']} scrollable maxHeight={420}>
      <Spotlight.Search placeholder={words.search} leftSection={<IconSearch size={18} />} aria-label={words.search} />
      <Spotlight.ActionsList>
        {sections.map(({ name, entries }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {entries.map((entry) => (
              <Spotlight.Action key={entry.id} label={entry.label} description={entry.description} onClick={entry.go} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {sections.length === 0 && <Spotlight.Empty>{searching ? words.loading : words.emptyList}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

type Entry = { readonly id: string; readonly label: string; readonly description?: string | undefined; readonly go: () => void }

const fits = (asked: string) => (entry: Entry): boolean => entry.label.toLowerCase().includes(asked.toLowerCase())

/** The steps of the appeal on screen, if one is. */
function useSteps(asked: string): Entry[] {
  const { words, named } = useSpeech()
  const match = useMatch({ from: '/appeals/$appealId', shouldThrow: false })
  const appealId = Number(match?.params.appealId ?? 0)
  const { data: card } = useQuery(api.appeals.card.queryOptions({ input: { appealId }, enabled: appealId > 0 }))
  const { open } = useStepOpener(appealId)
  if (!match || !card) return []
  return card.actions.filter((step) => !elsewhere.includes(step.action)).map((step): Entry => ({
    id: `${step.action} ${step.task ?? ''}`, label: stepLabel(step, card, named.actions[step.action], words.taskOf),
    description: `${card.number} · ${words.clause(step.clause)}`, go: () => open(step),
  })).filter(fits(asked))
}

function useFound(text: string): { found: Entry[]; searching: boolean } {
  const { named } = useSpeech()
  const navigate = useNavigate()
  const [asked] = useDebouncedValue(text, 200)
  const enabled = asked.length >= 2
  const { data, isFetching } = useQuery(api.appeals.search.queryOptions({ input: { text: asked, limit: 8 }, enabled }))
  const found = (enabled ? data : undefined)?.map((line): Entry => ({
    id: String(line.id), label: `${line.number} · ${line.applicantName}`, description: `${named.kinds[line.kind]}: ${line.subject}`,
    go: () => void navigate({ to: '/appeals/$appealId', params: { appealId: String(line.id) } }),
  }))
  return { found: found ?? [], searching: isFetching || text !== asked }
}

function usePlaces(asked: string): Entry[] {
  const { words, named } = useSpeech()
  const { holds } = usePerson()
  const navigate = useNavigate()
  const counts = useMyQueues()
  const to = (id: '/' | '/appeals' | '/resolutions' | '/journal' | '/messages' | '/profile', label: string): Entry => ({
    id, label, go: () => void navigate({ to: id }),
  })
  return [
    to('/', words.myWork),
    ...counts.map(({ queue, count }): Entry => ({
      id: `queue ${queue}`, label: `${named.queues[queue]} · ${count}`,
      go: () => void (queue === 'resolution' ? navigate({ to: '/resolutions' }) : navigate({ to: '/', search: { queue } })),
    })),
    to('/appeals', words.allAppeals),
    ...(holds('executive') ? [to('/resolutions', words.resolutionScreen)] : []),
    ...(holds(...keepers) ? [to('/journal', words.journal)] : []),
    ...(holds(...posts) ? [to('/messages', words.messages)] : []),
    to('/profile', words.profile),
  ].filter(fits(asked))
}
