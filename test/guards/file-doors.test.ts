import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fileDoors } from '../../server/file-doors.ts'

it('every door that takes or gives a file stands in the API\'s document, and nothing else does', () => {
  const there = globSync('server/**/*.ts').flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?:app\.(get|post)\(|serve\(app, |const path = )['`]\/api\/v1(\/[^'`]+)['`]/g)].map(([, method = 'get', door]) =>
    `${method} ${door!.replaceAll(/:(\w+)(?:\{(?:[^{}]|\{[^{}]*\})*\})?/g, '{$1}')}`))
  const plain = (door: string) => door.replaceAll(/\{\w+\}/g, '{}')
  expect(fileDoors.map(({ method, path }) => plain(`${method} ${path}`)).sort()).toEqual([...new Set(there.map(plain))].filter((door) => !['get /openapi.json', 'get /live'].includes(door)).sort())
})
