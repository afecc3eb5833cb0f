import { useDocumentTitle } from '@mantine/hooks'

/** What the browser's tab says: the screen first, so that many tabs can be told apart. */
export function useTitle(title: string | undefined): void {
  useDocumentTitle(title ? `${title} · Jauap` : 'Jauap')
}
