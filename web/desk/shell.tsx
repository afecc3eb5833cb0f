import { AppShell, Burger, Center, Group, Kbd, Loader, Modal, Table, Text } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api, type Person } from './client.ts'
import { followLive } from './live.ts'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { Dialog } from './parts/dialog.tsx'
import { Failed } from './parts/states.tsx'
import { PersonProvider, useSpeech } from './session.tsx'
import { SignInForm, SignInPage } from './sign-in.tsx'
import { Tools } from './tools.tsx'

/**
 * The frame of every screen: whoever is not signed in as staff signs in first, and comes to where they were going.
 * A session that ends under way is opened again over the screen, and what was typed on it stays.
 */
export function Shell() {
  const { words } = useSpeech()
  const query = useQuery(api.people.currentPerson.queryOptions({ staleTime: 60_000 }))
  const present = query.data?.kind === 'staff' ? query.data : undefined
  const [letIn, setLetIn] = useState<Person>()
  if (present && present !== letIn && (!letIn || letIn.id === present.id)) setLetIn(present)
  const another = letIn !== undefined && present !== undefined && letIn.id !== present.id
  // Another person's screens begin empty.
  useEffect(() => { if (another) location.reload() }, [another])

  if (letIn) {
    return (
      <PersonProvider value={letIn}>
        <Frame signedIn={present !== undefined} />
        <Modal opened={query.data !== undefined && !present} onClose={() => {}} withCloseButton={false} title={words.signIn}>
          <Text mb="md">{words.sessionLost}</Text>
          <SignInForm email={letIn.email} />
        </Modal>
      </PersonProvider>
    )
  }
  if (query.isPending) return <Center mih="100vh"><Loader aria-label="Jauap" /></Center>
  return query.data ? <SignInPage /> : <Center mih="100vh" p="md"><Failed error={query.error} retry={() => void query.refetch()} /></Center>
}

function Frame({ signedIn }: { readonly signedIn: boolean }) {
  const { words } = useSpeech()
  const [menu, { toggle, close }] = useDisclosure()
  const [help, helping] = useDisclosure()
  const path = useRouterState({ select: (state) => state.location.href })
  useEffect(() => (signedIn ? followLive() : undefined), [signedIn])
  useEffect(close, [path, close])
  useKeys(helping.open)

  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 270, breakpoint: 'sm', collapsed: { mobile: !menu } }} padding={{ base: 'sm', sm: 'lg' }}>
      <a className="skip" href="#content">{words.skip}</a>
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" justify="space-between">
          <Group wrap="nowrap" gap="sm">
            <Burger opened={menu} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.menu} aria-expanded={menu} />
            <Text component={Link} to="/" fw={700} size="lg" className="brand">Jauap</Text>
          </Group>
          <Tools help={helping.open} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs"><Navigation /></AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
      <Palette />
      <Dialog opened={help} close={helping.close} title={words.shortcuts}>
        <Table>
          <Table.Tbody>
            {words.keys.map(([key, meaning]) => (
              <Table.Tr key={key}><Table.Td w={120}><Kbd>{key}</Kbd></Table.Td><Table.Td>{meaning}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Dialog>
    </AppShell>
  )
}

/** «g w» and «g a», one after the other within a second. */
function useKeys(help: () => void): void {
  const navigate = useNavigate()
  const pressed = useRef(0)
  const after = (go: () => void) => () => { if (Date.now() - pressed.current < 1_000) go() }
  useHotkeys([
    ['shift+?', help], ['?', help],
    ['g', () => { pressed.current = Date.now() }],
    ['w', after(() => void navigate({ to: '/' }))],
    ['a', after(() => void navigate({ to: '/appeals' }))],
  ])
}
