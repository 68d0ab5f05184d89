<?php
/**
 * What DokuWiki itself writes of pages when people save and visit them, for pages that were put in
 * its folders: their metadata, and the index of its search. Its own indexer rewrites its files at
 * each page; here they are held in memory, and written once.
 */

use dokuwiki\ChangeLog\ChangeLog;
use dokuwiki\File\PageFile;
use dokuwiki\Search\Indexer;

define('NOSESSION', 1);
$_SERVER += ['HTTP_HOST' => '', 'SERVER_PORT' => '']; // which it asks for on a terminal too
require_once $argv[1] . '/inc/init.php';

class WholeIndex extends Indexer
{
    private $pages = [];
    private $titles = [];
    private $pagewords = [];
    private $words = [];
    private $tuples = [];
    private $values = [];
    private $pagevalues = [];

    public function add($page)
    {
        $pid = count($this->pages);
        $this->pages[] = $page;
        $this->titles[] = p_get_metadata($page, 'title', METADATA_RENDER_UNLIMITED);
        $this->addWords($pid, array_count_values($this->tokenizer(' ' . rawWiki($page))));
        foreach (['relation references', 'relation media'] as $key) {
            $values = p_get_metadata($page, $key, METADATA_RENDER_UNLIMITED) ?? [];
            $this->addValues($pid, strtr($key, ' ', '_'), array_keys($values));
        }
        io_saveFile(metaFN($page, '.indexed'), idx_get_version());
    }

    private function addWords($pid, $frequencies)
    {
        $held = [];
        foreach ($frequencies as $word => $frequency) {
            $length = wordlen($word);
            $id = $this->words[$length][$word] ?? count($this->words[$length] ?? []);
            $this->words[$length][$word] = $id;
            $this->tuples[$length][$id] = ($this->tuples[$length][$id] ?? '') . "$pid*$frequency:";
            $held[] = "$length*$id";
        }
        $this->pagewords[] = implode(':', $held);
    }

    private function addValues($pid, $name, $values)
    {
        $held = [];
        foreach ($values as $value) {
            $id = $this->values[$name][$value] ?? count($this->values[$name] ?? []);
            $this->values[$name][$value] = $id;
            $this->tuples[$name][$id] = ($this->tuples[$name][$id] ?? '') . "$pid*1:";
            $held[] = $id;
        }
        $this->pagevalues[$name][$pid] = implode(':', $held);
    }

    public function write()
    {
        $lists = ['page' => $this->pages, 'title' => $this->titles, 'pageword' => $this->pagewords];
        $lists['metadata'] = array_keys($this->pagevalues);
        foreach ($this->words as $length => $ids) {
            $lists["w$length"] = array_map('strval', array_keys($ids));
            $lists["i$length"] = $this->lines($length);
        }
        foreach ($this->values as $name => $ids) {
            $lists["{$name}_w"] = array_keys($ids);
            $lists["{$name}_i"] = $this->lines($name);
            $lists["{$name}_p"] = $this->pagevalues[$name];
        }
        foreach ($lists as $name => $lines) {
            $this->saveIndex($name, '', $lines);
        }
    }

    private function lines($name)
    {
        return array_map(fn($line) => rtrim($line, ':'), $this->tuples[$name]);
    }
}

function noteChanges($page)
{
    global $INFO, $people;
    foreach (file(metaFN($page, '.changes')) as $line) {
        $entry = ChangeLog::parseLogLine($line);
        $INFO['userinfo']['name'] = $people->getUserData($entry['user'])['name'];
        (new PageFile($page))->updateMetadata($entry);
    }
}

$people = plugin_load('auth', 'authplain');
$found = [];
search($found, $conf['datadir'], 'search_allpages', ['skipacl' => true]);
$index = new WholeIndex();
foreach ($found as $page) {
    noteChanges($page['id']);
    $index->add($page['id']);
}
$index->write();
