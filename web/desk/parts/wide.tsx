import { Box } from '@mantine/core'
import type { ReactNode } from 'react'

/** A wide table on a narrow screen goes sideways, by touch or by arrow keys. */
export const Wide = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <Box className="journal" tabIndex={0} role="region" aria-label={label}>{children}</Box>
