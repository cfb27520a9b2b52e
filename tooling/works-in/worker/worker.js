import { tellRoute } from './route.js';
import { tellStory } from './story.js';

export default {
  async fetch() {
    return new Response(`${await tellRoute()}, ${await tellStory()}`);
  },
};
