/** What is used of ncalayer-js-client 1.5.6, which brings no types. */
declare module 'ncalayer-js-client' {
  export class NCALayerClient {
    constructor(url?: string, allowKmdHttpApi?: boolean)
    connect(): Promise<string>
    basicsSignCMS(storages: unknown, data: ArrayBuffer | string, signing: unknown, signer: unknown, locale?: string): Promise<string | string[]>
    static readonly basicsStorageAll: unknown
    static readonly basicsCMSParamsDetached: unknown
    static readonly basicsSignerSignAny: unknown
  }
}
