export function apiTypes(description: object): Promise<string>
export function answerSchemas(description: object): string
