import './fonts.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import '@mantine/tiptap/styles.css'
import './desk.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queryClient } from './client.ts'
import { router } from './router.tsx'
import { SpeechProvider } from './session.tsx'
import { theme, variables } from './theme.ts'

createRoot(document.getElementById('desk')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <Notifications position="bottom-right" limit={3} />
    <QueryClientProvider client={queryClient}>
      <SpeechProvider>
        <RouterProvider router={router} />
      </SpeechProvider>
    </QueryClientProvider>
  </MantineProvider>,
)
