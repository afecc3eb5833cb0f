import { Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import type { Line, WorkLine } from '../client.ts'
import { useSpeech } from '../session.tsx'
import { endedAside, TermChip } from './term-chip.tsx'

type Shown = Line | WorkLine
const keyOf = (line: Shown): string => ('queue' in line ? `${line.id}.${line.queue}.${line.task ?? 0}` : String(line.id))

/** A list of appeals; what has just come is lit for a moment, what the keyboard stands on is marked. */
export function Lines({ lines, walk, asks = true }: {
  readonly lines: readonly Shown[]
  readonly walk: Walk
  /** Whether each line says what is asked of the reader. */
  readonly asks?: boolean
}) {
  const { named } = useSpeech()
  return (
    <ul className="lines">
      {lines.map((line) => {
        const key = keyOf(line)
        return (
          <li key={key}>
            <Link
              className="line" id={`line-${key}`} to="/appeals/$appealId" params={{ appealId: String(line.id) }}
              data-active={walk.active === key || undefined} data-fresh={walk.fresh.has(key) || undefined}
            >
              <span>
                <Text span fw={650} display="block">{line.number}</Text>
                <Text span size="xs" c="dimmed" className="figures">{formatDateTime(line.receivedAt)}</Text>
              </span>
              <span className="subject">
                <Text span display="block" fw={500}>{line.subject}</Text>
                <Text span size="sm" c="dimmed">
                  {line.applicantName} · {named.kinds[line.kind]}{'queue' in line ? '' : ` · ${named.states[line.state]}`}
                </Text>
              </span>
              <span className="standing">
                {!endedAside(line.state) && <TermChip term={line.term} />}
                {asks && 'queue' in line && <Text span size="sm">{named.queueAsks[line.queue]}</Text>}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

type Walk = { readonly active: string | undefined; readonly fresh: ReadonlySet<string> }

/** Walks all the lines of a page by j, k and Enter, in the order they are shown. `pages`: how many have been loaded. */
export function useWalk(lines: readonly Shown[], pages = 1): Walk {
  const navigate = useNavigate()
  const [active, setActive] = useState<string>()
  const at = lines.findIndex((line) => keyOf(line) === active)
  const move = (by: number) => {
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))]
    if (next) setActive(keyOf(next))
  }
  useEffect(() => { if (active) document.getElementById(`line-${active}`)?.scrollIntoView({ block: 'nearest' }) }, [active])
  useHotkeys([
    ['j', () => move(1)], ['k', () => move(-1)],
    ['Enter', () => { const line = lines[at]; if (line) void navigate({ to: '/appeals/$appealId', params: { appealId: String(line.id) } }) }],
  ])
  return { active, fresh: useFresh(lines.map(keyOf), pages) }
}

const none: ReadonlySet<string> = new Set()

/** The lines that came by themselves since the last sight; none at the first, and none of a further page asked for. */
function useFresh(keys: readonly string[], pages: number): ReadonlySet<string> {
  const [seen, setSeen] = useState({ keys, pages, fresh: none })
  if (seen.keys.join() === keys.join()) return seen.fresh
  const known = new Set(seen.keys)
  const byItself = seen.keys.length > 0 && seen.pages === pages
  const fresh = byItself ? new Set(keys.filter((key) => !known.has(key))) : none
  setSeen({ keys, pages, fresh })
  return fresh
}
