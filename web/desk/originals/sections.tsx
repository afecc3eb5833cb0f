import { Button, Group, Title } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { originalWords } from '../../i18n/originals.ts'
import { registrars } from '../navigation.tsx'
import { useTitle } from '../parts/use-title.ts'
import { usePerson, useSpeech } from '../session.tsx'

/** The head of every screen of papers: where one is, and the ways to the others. */
export function Sections({ children }: { readonly children?: ReactNode }) {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { holds } = usePerson()
  const { pathname } = useRouterState({ select: (state) => state.location })
  const keeps = holds(...registrars)
  const sections = [
    ['/originals', words.title, true], ['/originals/stock-takes', words.stockTakes, keeps], ['/originals/case-files', words.caseFiles, keeps],
    ['/originals/acts', words.acts, keeps || holds('executive')],
  ] as const
  const shown = sections.filter(([, , mine]) => mine)
  const here = shown.findLast(([to]) => pathname === to || pathname.startsWith(`${to}/`))
  useTitle(here?.[1] ?? words.title)
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Title order={1} size="h2">{here?.[1]}</Title>
      <Group gap="xs" className="no-print">
        {shown.length > 1 && (
          <Button.Group className="tabs-scroll">
            {shown.map(([to, name]) => (
              <Button key={to} component={Link} to={to} size="sm" variant={to === here?.[0] ? 'light' : 'default'} aria-current={to === here?.[0] ? 'page' : undefined}>{name}</Button>
            ))}
          </Button.Group>
        )}
        {children}
      </Group>
    </Group>
  )
}
