import { tellStory } from '../../../story';

export async function GET() {
  return new Response(await tellStory());
}

export const dynamic = 'force-dynamic';
