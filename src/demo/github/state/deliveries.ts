/** Where an App's deliveries go. */
export interface Hook {
  readonly id: number
  url: string
  /** Sends a recorded delivery again, with the same GUID and bytes. */
  readonly redeliver: (delivery: Delivery) => Promise<unknown>
}

/** One POST of a webhook, as `GET /app/hook/deliveries/{id}` shows it. */
export interface Delivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly deliveredAt: Date
  readonly redelivery: boolean
  /** Seconds, as GitHub writes it. */
  readonly duration: number
  /** `OK`, or what went wrong. */
  readonly status: string
  /** 0 when no answer came. */
  readonly statusCode: number
  readonly installationId: number | null
  readonly repositoryId: number | null
  readonly url: string
  readonly requestHeaders: Readonly<Record<string, string>>
  /** The bytes that were sent, so that a redelivery sends the same. */
  readonly body: string
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
}
