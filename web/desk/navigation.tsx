import { Badge, NavLink, ScrollArea, Stack } from '@mantine/core'
import {
  IconArrowsExchange, IconBook2, IconCalculator, IconCash, IconFilePlus, IconFiles, IconHome, IconInbox, IconList, IconLogout, IconMail, IconNotebook, IconPlugOff, IconPrinter, IconRoute, IconScan, IconSend, IconUser,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import type { Queue } from '../../regulation/lifecycle.ts'
import { queues } from '../../regulation/lifecycle.ts'
import type { Role } from '../../regulation/vocabulary.ts'
import { billPrintWords } from '../i18n/bill-prints.ts'
import { exchangeWords } from '../i18n/exchange.ts'
import { originalWords } from '../i18n/originals.ts'
import { outageWords } from '../i18n/outages.ts'
import { paymentWords } from '../i18n/payments.ts'
import { replyWords } from '../i18n/reply.ts'
import { settlementWords } from '../i18n/settlement.ts'
import { accountWords } from '../i18n/accounts.ts'
import { useOffice } from './accounts/sections.tsx'
import { api, client } from './client.ts'
import { useGroup, useLedgerRights, usePerson, useSpeech } from './session.tsx'

/** Whose the journal and the letters are to look into. */
export const keepers: readonly Role[] = ['registrar', 'contact_centre_head', 'executive', 'quality_lead', 'it_admin']
export const registrars: readonly Role[] = ['registrar']
/** Who takes papers in at a place and sends them on, and keeps its review book. */
export const receivers: readonly Role[] = ['front_desk', 'district_head']
/** Who puts answers on the letterhead, signs and sends them. */
export const senders: readonly Role[] = ['registrar', 'contact_centre_head', 'executive']
/** Who may have a paper in their hands, or approves the end of papers. */
export const paperHolders: readonly Role[] = ['registrar', 'executor', 'unit_head', 'executive', 'controller', 'lawyer']
export const posts: readonly Role[] = ['it_admin', 'contact_centre_head']

/** My queues with their counts, red where something is late; then the places; then who I am. */
export function Navigation() {
  const { words, named, language } = useSpeech()
  const { organization, unit } = useGroup()
  const { person, holds } = usePerson()
  const rights = useLedgerRights()
  const location = useRouterState({ select: (state) => state.location })
  const counts = useMyQueues()
  const waiting = useQuery({ ...api.intake.listIntakeItems.queryOptions({ input: { limit: 1 } }), enabled: holds(...registrars) }).data?.waiting ?? 0
  const papers = useQuery({ ...api.originals.listOriginals.queryOptions({ input: { limit: 1 } }), enabled: holds(...paperHolders) }).data?.counts
  const office = useOffice()
  const signOut = useMutation({
    mutationFn: () => client.people.signOut(),
    // A fresh page: nothing of what was read stays in the browser's memory.
    onSuccess: () => globalThis.location.assign('/desk/'),
  })
  const total = counts.reduce((sum, queue) => sum + queue.count, 0)
  const at = (to: string) => location.pathname === to
  const filtered = (location.search as { queue?: Queue }).queue
  const place = person?.assignments?.map((a) => `${named.roles[a.role]}, ${a.unit ? unit(a.unit) : organization(a.organization)}`).join('; ')

  return (
    <Stack h="100%" gap={0} component="nav" aria-label={words.menu}>
      <ScrollArea style={{ flex: 1 }}>
        <NavLink
          component={Link} to="/" label={words.myWork} leftSection={<IconInbox size={18} />} active={at('/') && !filtered}
          rightSection={<Count count={total} late={counts.some((queue) => queue.late > 0)} />}
        />
        {counts.map(({ queue, count, late }) => {
          // Resolutions have a screen of their own, one appeal at a time.
          const to = queue === 'resolution' ? '/resolutions' : `/?queue=${queue}`
          return (
            <NavLink
              key={queue} component={Link} to={to} label={named.queues[queue]} pl={42} rightSection={<Count count={count} late={late > 0} />}
              active={queue === 'resolution' ? at('/resolutions') : at('/') && filtered === queue}
            />
          )
        })}
        <NavLink component={Link} to="/appeals" label={words.allAppeals} leftSection={<IconList size={18} />} active={at('/appeals')} />
        {holds(...registrars) && (
          <NavLink component={Link} to="/register" label={words.register} leftSection={<IconFilePlus size={18} />} active={at('/register')} />
        )}
        {holds(...registrars, ...receivers) && (
          <NavLink
            component={Link} to="/intake" label={holds(...registrars) ? words.intake : words.sending} leftSection={<IconScan size={18} />} active={at('/intake')}
            rightSection={<Count count={waiting} late={false} />}
          />
        )}
        {holds(...senders) && (
          <NavLink component={Link} to="/outgoing" label={replyWords[language].outgoing} leftSection={<IconSend size={18} />} active={location.pathname.startsWith('/outgoing')} />
        )}
        {holds(...receivers, ...keepers) && (
          <NavLink component={Link} to="/books" label={words.books} leftSection={<IconNotebook size={18} />} active={location.pathname.startsWith('/books')} />
        )}
        {holds(...paperHolders) && (
          <NavLink
            component={Link} to="/originals" label={originalWords[language].title} leftSection={<IconFiles size={18} />} active={location.pathname.startsWith('/originals')}
            rightSection={<Count count={(papers?.offered_to_me ?? 0) + (papers?.overdue ?? 0)} late={(papers?.overdue ?? 0) > 0} />}
          />
        )}
        {office?.serves && (
          <NavLink
            component={Link} to="/accounts" label={accountWords[language].title} leftSection={<IconHome size={18} />} active={location.pathname.startsWith('/accounts')}
            rightSection={<Count count={office.readings + office.requests} late={false} />}
          />
        )}
        {holds(...keepers) && (
          <NavLink component={Link} to="/journal" label={words.journal} leftSection={<IconBook2 size={18} />} active={at('/journal')} />
        )}
        {holds('unit_head', 'district_head', 'contact_centre_head', 'contact_centre_agent', 'front_desk') && <NavLink component={Link} to="/outages" label={outageWords[language].title} leftSection={<IconPlugOff size={18} />} active={at('/outages')} />}
        {rights.settles && <NavLink component={Link} to="/payments" label={paymentWords[language].title} leftSection={<IconCash size={18} />} active={location.pathname.startsWith('/payments')} />}
        {rights.settles && <NavLink component={Link} to="/settlement" label={settlementWords[language].title} leftSection={<IconCalculator size={18} />} active={location.pathname.startsWith('/settlement')} />}
        {rights.settles && <NavLink component={Link} to="/bills" label={billPrintWords[language].title} leftSection={<IconPrinter size={18} />} active={location.pathname.startsWith('/bills')} />}
        {rights.exchanges && <NavLink component={Link} to="/exchange" label={exchangeWords[language].title} leftSection={<IconArrowsExchange size={18} />} active={location.pathname.startsWith('/exchange')} />}
        {holds(...keepers) && (
          <NavLink component={Link} to="/routes" label={words.routes} leftSection={<IconRoute size={18} />} active={at('/routes')} />
        )}
        {holds(...posts) && (
          <NavLink component={Link} to="/messages" label={words.messages} leftSection={<IconMail size={18} />} active={at('/messages')} />
        )}
      </ScrollArea>
      <NavLink
        component={Link} to="/profile" leftSection={<IconUser size={18} />} label={person?.name} description={place} active={at('/profile')}
      />
      <NavLink component="button" leftSection={<IconLogout size={18} />} label={words.signOut} onClick={() => signOut.mutate()} />
    </Stack>
  )
}

/** My queues that hold something, in the order of an appeal's way. */
export function useMyQueues() {
  const { data } = useQuery(api.work.myQueues.queryOptions())
  return queues.flatMap((name) => data?.filter((queue) => queue.queue === name && queue.count > 0) ?? [])
}

function Count({ count, late }: { readonly count: number; readonly late: boolean }) {
  if (count === 0) return null
  return <Badge color={late ? 'red' : 'petrol'} variant={late ? 'filled' : 'light'} size="sm">{count >= 1000 ? '999+' : count}</Badge>
}
