import { isLoopback } from './loopback.js'

/** What registering needs from the person in front of the page. */
export interface Answers {
  /** Empty: the App will belong to the person's own account. */
  readonly organisation: string
  /** Where GitHub reaches Hooktrail, without the webhook's path. */
  readonly publicUrl: string
}

/** Checked answers, or what is wrong with them in a sentence for the page. */
export interface CheckedAnswers extends Answers {
  readonly problem?: string
}

const ORGANISATION = /^[a-z\d](?:[a-z\d_-]{0,99})$/i

/** `problem` is absent when all is there to register the App. */
export function checkAnswers({ organisation, publicUrl }: Answers): CheckedAnswers {
  const answers = {
    organisation: organisation.trim(),
    publicUrl: publicUrl.trim().replace(/\/+$/, ''),
  }
  if (answers.organisation !== '' && !ORGANISATION.test(answers.organisation)) {
    return {
      ...answers,
      problem: 'This is not the name of an organisation: give it as it stands in its URL.',
    }
  }
  const problem = urlProblem(answers.publicUrl)
  return problem === undefined ? answers : { ...answers, problem }
}

function urlProblem(text: string): string | undefined {
  if (text === '') return 'Give the URL by which GitHub reaches this machine.'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    return 'This is not a URL like https://hooktrail.example.com.'
  }
  if (!isLoopback(url.host)) return undefined
  return 'GitHub cannot reach localhost: give the public URL of this machine, or of a tunnel to it.'
}
