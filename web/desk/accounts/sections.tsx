import { Badge, Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accountWords } from '../../i18n/accounts.ts'
import { formatTenge } from '../../i18n/tariffs.ts'
import { api } from '../client.ts'
import { useTitle } from '../parts/use-title.ts'
import { useLedgerRights, useSpeech } from '../session.tsx'

/** What waits for the office on accounts, and what one may do there. */
export function useOffice() {
  const { serves } = useLedgerRights()
  return useQuery({ ...api.accounts.officeWork.queryOptions({ staleTime: 20_000, refetchInterval: 60_000 }), enabled: serves }).data
}

export const useAccountWords = () => accountWords[useSpeech().language]

/** «−1 250,50 ₸» */
export const tenge = (tiyn: number): string => `${tiyn < 0 ? '−' : ''}${formatTenge(Math.abs(tiyn))}\u00A0₸`

/** «202,7», «−15»: what a meter counted, to a tenth. */
export const about = (quantity: string): string => String(Math.round(Number(quantity) * 10) / 10).replace('.', ',').replace('-', '−')

/** «10.2026» */
export const monthOf = (period: string): string => `${period.slice(5, 7)}.${period.slice(0, 4)}`

/** The head of every screen of accounts: where one is, and the ways to the others, with what waits there. */
export function Sections({ children }: { readonly children?: ReactNode }) {
  const words = useAccountWords()
  const office = useOffice()
  const { pathname } = useRouterState({ select: (state) => state.location })
  const sections = [
    ['/accounts', words.title, 0], ['/accounts/readings', words.waiting, office?.readings ?? 0], ['/accounts/requests', words.requests, office?.requests ?? 0], ['/accounts/imports', words.imports, 0],
  ] as const
  const here = sections.findLast(([to]) => pathname === to || pathname.startsWith(`${to}/`))
  useTitle(here?.[1] ?? words.title)
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Title order={1} size="h2">{here?.[1]}</Title>
      <Group gap="xs" className="no-print">
        <Button.Group className="tabs-scroll">
          {sections.map(([to, name, count]) => (
            <Button
              key={to} component={Link} to={to} size="sm" style={{ flexShrink: 0 }} variant={to === here?.[0] ? 'light' : 'default'} aria-current={to === here?.[0] ? 'page' : undefined}
              rightSection={count > 0 ? <Badge size="sm" variant="light">{count >= 1000 ? '999+' : count}</Badge> : undefined}
            >{name}</Button>
          ))}
        </Button.Group>
        {children}
      </Group>
    </Group>
  )
}
