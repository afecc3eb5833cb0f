import { ActionIcon, AppShell, Badge, Burger, Button, Center, Group, Kbd, Loader, Modal, NavLink, ScrollArea, Stack, Table, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconBook2, IconGavel, IconHelp, IconInbox, IconLanguage, IconList, IconLogout, IconMail, IconMoon, IconSearch, IconSun, IconUser } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, client, queryClient } from './client.ts'
import { followLive } from './live.ts'
import { useGroup, usePerson, useSpeech } from './session.tsx'
import { SignIn } from './sign-in.tsx'

/** The frame of every screen: whoever is not signed in as staff signs in first, and comes back to where they were. */
export function Shell() {
  const { person, loading } = usePerson()
  if (loading) return <Center mih="100vh"><Loader aria-label="Jauap" /></Center>
  return person?.kind === 'staff' ? <Frame /> : <SignIn />
}

function Frame() {
  const { words } = useSpeech()
  const [opened, { toggle, close }] = useDisclosure()
  const [help, helping] = useDisclosure()
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.href })
  useEffect(followLive, [])
  useEffect(close, [path, close])
  useKeys(navigate, helping.open)

  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 270, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={{ base: 'sm', sm: 'lg' }}>
      <a className="skip" href="#content">{words.skip}</a>
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" justify="space-between">
          <Group wrap="nowrap" gap="sm">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.menu} />
            <Text component={Link} to="/" fw={700} size="lg" c="petrol" td="none">Jauap</Text>
          </Group>
          <Button variant="default" leftSection={<IconSearch size={16} />} rightSection={<Kbd size="xs">Ctrl K</Kbd>} onClick={spotlight.open} visibleFrom="xs" w={{ xs: 240, md: 420 }} justify="space-between" fw={400} c="dimmed">{words.search}</Button>
          <Group gap={4} wrap="nowrap">
            <ActionIcon hiddenFrom="xs" variant="subtle" onClick={spotlight.open} aria-label={words.searchShort}><IconSearch size={18} /></ActionIcon>
            <Tooltip label={words.shortcuts}><ActionIcon variant="subtle" onClick={helping.open} aria-label={words.shortcuts} visibleFrom="sm"><IconHelp size={18} /></ActionIcon></Tooltip>
            <LanguageAndTheme />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs"><Navigation /></AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
      <Palette />
      <Modal opened={help} onClose={helping.close} title={words.shortcuts}>
        <Table><Table.Tbody>{words.keys.map(([key, meaning]) => <Table.Tr key={key}><Table.Td><Kbd>{key}</Kbd></Table.Td><Table.Td>{meaning}</Table.Td></Table.Tr>)}</Table.Tbody></Table>
      </Modal>
    </AppShell>
  )
}

function useKeys(navigate: ReturnType<typeof useNavigate>, help: () => void): void {
  const [after, setAfter] = useState(false)
  useHotkeys([
    ['shift+?', help], ['?', help],
    ['g', () => { setAfter(true); setTimeout(() => setAfter(false), 1_000) }],
    ['w', () => { if (after) void navigate({ to: '/' }) }],
    ['a', () => { if (after) void navigate({ to: '/appeals' }) }],
  ])
}

function LanguageAndTheme() {
  const { words, language, setLanguage } = useSpeech()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <>
      <Button variant="subtle" size="compact-sm" leftSection={<IconLanguage size={16} />} onClick={() => setLanguage(language === 'kk' ? 'ru' : 'kk')} lang={language === 'kk' ? 'ru' : 'kk'}>{words.language}</Button>
      <Tooltip label={words.theme}>
        <ActionIcon variant="subtle" aria-label={words.theme} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
          {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
        </ActionIcon>
      </Tooltip>
    </>
  )
}

const posts = ['it_admin', 'contact_centre_head']
const keepers = ['registrar', 'contact_centre_head', 'executive', 'quality_lead', 'it_admin']

function Navigation() {
  const { words, named } = useSpeech()
  const { organization, unit } = useGroup()
  const { person } = usePerson()
  const { location } = useRouterState()
  const { data: queues } = useQuery(api.work.myQueues.queryOptions())
  const signOut = useMutation({ mutationFn: () => client.people.signOut(), onSuccess: () => queryClient.resetQueries() })
  const total = queues?.reduce((sum, queue) => sum + queue.count, 0) ?? 0
  const late = queues?.some((queue) => queue.late > 0) ?? false
  const at = (to: string) => location.pathname === to
  const badge = (count: number, isLate: boolean) => count > 0 && <Badge color={isLate ? 'red' : 'petrol'} variant={isLate ? 'filled' : 'light'} size="sm">{count >= 1000 ? '999+' : count}</Badge>
  const search = location.search as { queue?: string }

  return (
    <Stack h="100%" gap={0} component="nav" aria-label={words.menu}>
      <ScrollArea style={{ flex: 1 }}>
        <NavLink component={Link} to="/" label={words.myWork} leftSection={<IconInbox size={18} />} rightSection={badge(total, late)} active={at('/') && !search.queue} />
        {queues?.map((queue) => (
          <NavLink key={queue.queue} component={Link} to={`/?queue=${queue.queue}`} label={named.queues[queue.queue]} pl={42} rightSection={badge(queue.count, queue.late > 0)} active={at('/') && search.queue === queue.queue} />
        ))}
        {person?.assignments?.some((a) => a.role === 'executive') && <NavLink component={Link} to="/resolutions" label={words.resolutionScreen} leftSection={<IconGavel size={18} />} active={at('/resolutions')} />}
        <NavLink component={Link} to="/appeals" label={words.allAppeals} leftSection={<IconList size={18} />} active={at('/appeals')} />
        {person?.assignments?.some((a) => keepers.includes(a.role)) && <NavLink component={Link} to="/journal" label={words.journal} leftSection={<IconBook2 size={18} />} active={at('/journal')} />}
        {person?.assignments?.some((a) => posts.includes(a.role)) && <NavLink component={Link} to="/messages" label={words.messages} leftSection={<IconMail size={18} />} active={at('/messages')} />}
      </ScrollArea>
      <NavLink component={Link} to="/profile" leftSection={<IconUser size={18} />} label={person?.name} active={at('/profile')}
        description={person?.assignments?.map((a) => `${named.roles[a.role]}, ${a.unit ? unit(a.unit) : organization(a.organization)}`).join('; ')} />
      <NavLink component="button" leftSection={<IconLogout size={18} />} label={words.signOut} onClick={() => signOut.mutate()} />
    </Stack>
  )
}

/** Ctrl K: go anywhere, find any appeal. */
function Palette() {
  const { words, named } = useSpeech()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data: found } = useQuery(api.appeals.search.queryOptions({ input: { text: asked, limit: 8 }, enabled: asked.length >= 2 }))
  const places = [
    { id: 'work', label: words.myWork, to: '/' as const }, { id: 'appeals', label: words.allAppeals, to: '/appeals' as const },
    { id: 'resolutions', label: words.resolutionScreen, to: '/resolutions' as const }, { id: 'journal', label: words.journal, to: '/journal' as const }, { id: 'messages', label: words.messages, to: '/messages' as const }, { id: 'profile', label: words.profile, to: '/profile' as const },
  ].filter((place) => place.label.toLowerCase().includes(asked.toLowerCase()))
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={['mod + K']}>
      <Spotlight.Search placeholder={words.search} leftSection={<IconSearch size={18} />} aria-label={words.search} />
      <Spotlight.ActionsList>
        {(asked.length >= 2 ? found : undefined)?.map((line) => (
          <Spotlight.Action key={line.id} label={`${line.number} · ${line.applicantName}`} description={`${named.kinds[line.kind]}: ${line.subject}`} onClick={() => void navigate({ to: '/appeals/$appealId', params: { appealId: String(line.id) } })} />
        ))}
        {places.map((place) => <Spotlight.Action key={place.id} label={place.label} onClick={() => void navigate({ to: place.to })} />)}
        {asked.length >= 2 && found?.length === 0 && places.length === 0 && <Spotlight.Empty>{words.emptyList}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
