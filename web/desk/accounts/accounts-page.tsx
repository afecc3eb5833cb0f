import { Badge, Card, Group, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { Sections, useAccountWords } from './sections.tsx'

/** An account by number, surname or address (п. 11.3.1); what was asked stands in the address, so one comes back to it. */
export function AccountsPage() {
  const words = useAccountWords()
  const navigate = useNavigate()
  const { text = '' } = useSearch({ from: '/accounts' })
  const [typed, setTyped] = useState(text)
  const [asked] = useDebouncedValue(typed.trim(), 250)
  useEffect(() => { if (asked !== text) void navigate({ to: '/accounts', search: { text: asked || undefined }, replace: true }) }, [asked, text, navigate])
  const enabled = asked.length >= 2
  const query = useQuery({ ...api.accounts.searchAccounts.queryOptions({ input: { text: asked } }), enabled, placeholderData: keepPreviousData })
  const found = query.data?.accounts ?? []
  return (
    <Stack maw={1000} mx="auto">
      <Sections />
      <TextInput
        label={words.search} description={words.searchHint} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} leftSection={<IconSearch size={16} />} size="md" maxLength={200} autoComplete="off" spellCheck={false} type="search" data-autofocus
        onKeyDown={(e) => { if (e.key === 'Enter' && found.length === 1) void navigate({ to: '/accounts/$accountId', params: { accountId: String(found[0]!.id) } }) }}
      />
      {enabled && (
        <Shown query={query} empty={query.data && found.length === 0 ? <Empty title={words.nothing} hint={words.nothingHint} /> : undefined}>
          <Card withBorder p={0} aria-live="polite">
            <ul className="lines">
              {found.map((one) => (
                <li key={one.id}>
                  <Link className="line" to="/accounts/$accountId" params={{ accountId: String(one.id) }}>
                    <Text span fw={650} className="figures">{one.number}</Text>
                    <span className="subject"><Text span display="block" fw={500}>{one.holder}</Text><Text span size="sm" c="dimmed">{one.address}</Text></span>
                    <span className="standing">{one.closed && <Badge variant="light" color="gray" tt="none">{words.closed}</Badge>}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
          {query.data?.more && <Group><Text size="sm" c="dimmed">{words.more}</Text></Group>}
        </Shown>
      )}
    </Stack>
  )
}
