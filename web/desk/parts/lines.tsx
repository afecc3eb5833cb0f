import { Badge, Box, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDateTime } from '../../i18n/format.ts'
import type { Line, WorkLine } from '../client.ts'
import { useSpeech } from '../session.tsx'
import { TermChip } from './term-chip.tsx'

type Shown = Line | WorkLine
const keyOf = (line: Shown) => ('queue' in line ? `${line.id}.${line.queue}.${line.task ?? 0}` : String(line.id))

/** A list of appeals walked by j, k and Enter; what has just come is lit for a moment. */
export function Lines({ lines }: { readonly lines: readonly Shown[] }) {
  const { named } = useSpeech()
  const navigate = useNavigate()
  const [active, setActive] = useState(-1)
  const fresh = useFresh(lines)
  const move = (by: number) => setActive((at) => Math.max(0, Math.min(lines.length - 1, at + by)))
  useHotkeys([
    ['j', () => move(1)], ['k', () => move(-1)],
    ['Enter', () => { const line = lines[active]; if (line) void navigate({ to: '/appeals/$appealId', params: { appealId: String(line.id) } }) }],
  ])
  return (
    <Box component="ul" className="lines">
      {lines.map((line, i) => (
        <li key={keyOf(line)}>
          <Link className="line" to="/appeals/$appealId" params={{ appealId: String(line.id) }} data-active={i === active || undefined} data-fresh={fresh.has(keyOf(line)) || undefined}>
            <span>
              <Text span fw={650} display="block">{line.number}</Text>
              <Text span size="xs" c="dimmed">{formatDateTime(line.receivedAt)}</Text>
            </span>
            <span className="subject">
              <Text span display="block" fw={500}>{line.subject}</Text>
              <Text span size="sm" c="dimmed">{line.applicantName} · {named.kinds[line.kind]}{'queue' in line ? '' : ` · ${named.states[line.state]}`}</Text>
            </span>
            <span style={{ textAlign: 'right' }}>
              <TermChip term={line.term} />
              {'queue' in line && <Text span display="block" mt={4}><Badge variant="dot" tt="none" fw={500}>{named.queueAsks[line.queue]}</Badge></Text>}
            </span>
          </Link>
        </li>
      ))}
    </Box>
  )
}

/** The lines that were not there the time before; none at the first sight. */
function useFresh(lines: readonly Shown[]): ReadonlySet<string> {
  const keys = lines.map(keyOf)
  const [seen, setSeen] = useState({ keys, fresh: new Set<string>() })
  if (seen.keys.join() === keys.join()) return seen.fresh
  const known = new Set(seen.keys)
  const fresh = new Set(keys.filter((key) => !known.has(key)))
  setSeen({ keys, fresh })
  return fresh
}
