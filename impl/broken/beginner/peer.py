# Peer of a first MiniBit, as somebody hands it in. Its habits are listed in habits.json.
import json
import random
import socket
import sys
import threading
import time

PEER_ID = sys.argv[1]
PORT = int(sys.argv[2])
TRACKER = (sys.argv[3], int(sys.argv[4]))
TOTAL_BLOCKS = int(sys.argv[5])
OUTPUT = sys.argv[6]
INTERVAL = float(sys.argv[7])


def ask(address, msg):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.settimeout(5)
        s.connect(address)
        s.sendall(json.dumps(msg).encode('utf-8'))
        return json.loads(s.recv(65536).decode('utf-8'))


class Peer:
    def __init__(self):
        self.blocks = [''] * TOTAL_BLOCKS
        self.owned = [False] * TOTAL_BLOCKS
        self.peers = {}
        self.peer_blocks = {}
        self.unchoked = set()

    # --- server ---
    def listen(self):
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(('0.0.0.0', PORT))
        server.listen()
        while True:
            conn, _ = server.accept()
            threading.Thread(target=self.serve, args=(conn,), daemon=True).start()

    def serve(self, conn):
        with conn:
            msg = json.loads(conn.recv(4096).decode('utf-8'))
            print(f'[{PEER_ID}] received:', msg)
            action = msg['action']
            if action == 'request_block':
                response = self.block(msg)
            elif action == 'have_blocks_info':
                response = {'status': 'success', 'peer_id': PEER_ID, 'blocks_info': self.owned}
            elif action == 'announce_block':
                if msg['sender_id'] in self.peer_blocks:
                    self.peer_blocks[msg['sender_id']][msg['block_index']] = True
                return
            else:
                response = {'status': 'error', 'message': 'Unknown action'}
            conn.sendall(json.dumps(response).encode('utf-8'))

    def block(self, msg):
        index = msg['block_index']
        if msg['sender_id'] in self.unchoked and self.owned[index]:
            return {'status': 'success', 'block_index': index, 'block_data': self.blocks[index]}
        return {'status': 'error', 'block_index': index, 'message': 'Choked or block unavailable'}

    # --- strategies ---
    def rarest(self):
        wanted = [i for i in range(TOTAL_BLOCKS) if not self.owned[i]]
        count = {i: sum(1 for b in self.peer_blocks.values() if b[i]) for i in wanted}
        return sorted(wanted, key=lambda i: count[i] or TOTAL_BLOCKS)

    def choose_unchoked(self):
        rare = self.rarest()
        score = {p: sum(1 for i in rare if b[i]) for p, b in self.peer_blocks.items()}
        best = sorted(score, key=lambda p: score[p], reverse=True)[:4]
        rest = [p for p in self.peers if p not in best]
        self.unchoked = set(best + random.sample(rest, min(1, len(rest))))

    # --- client ---
    def learn(self, entries):
        for p in entries:
            self.peers[p['peer_id']] = (p['ip'], p['port'])

    def dead(self, p):
        self.peers.pop(p, None)
        self.peer_blocks.pop(p, None)
        try:
            ask(TRACKER, {'action': 'peer_offline', 'dead_peer_id': p, 'sender_id': PEER_ID})
        except Exception as e:
            print('peer_offline:', e)

    def update(self):
        try:
            self.learn(ask(TRACKER, {'action': 'get_peers', 'peer_id': PEER_ID})['peers'])
        except Exception as e:
            print('get_peers:', e)
        for p in list(self.peers):
            try:
                info = ask(self.peers[p], {'action': 'have_blocks_info', 'sender_id': PEER_ID})
                self.peer_blocks[p] = info['blocks_info']
            except ConnectionRefusedError:
                self.dead(p)
            except Exception as e:
                print('have_blocks_info:', e)

    def fetch(self):
        for index in self.rarest():
            holders = [p for p in self.peers if p in self.peer_blocks and self.peer_blocks[p][index]]
            for p in holders:
                try:
                    msg = {'action': 'request_block', 'sender_id': PEER_ID, 'block_index': index}
                    response = ask(self.peers[p], msg)
                except Exception as e:
                    print('request_block:', e)
                    continue
                if response['status'] == 'success':
                    return index, response['block_data']
            if not holders:
                msg = {'action': 'request_block_tracker', 'sender_id': PEER_ID, 'block_index': index}
                response = ask(TRACKER, msg)
                if response['status'] == 'success':
                    return index, response['block_data']
        return None

    def announce(self, index):
        for p in list(self.peers):
            try:
                ask(self.peers[p], {'action': 'announce_block', 'sender_id': PEER_ID, 'block_index': index})
            except Exception as e:
                print('announce_block:', e)

    def run(self):
        threading.Thread(target=self.listen, daemon=True).start()
        time.sleep(0.2)
        answer = ask(TRACKER, {'action': 'register', 'peer_id': PEER_ID, 'listen_port': PORT})
        self.learn(answer['peers'])
        for index in answer['initial_blocks']:
            self.blocks[index] = answer['initial_blocks_data'][str(index)]
            self.owned[index] = True
        while not all(self.owned):
            self.update()
            self.choose_unchoked()
            got = self.fetch()
            if got:
                index, self.blocks[index] = got[0], got[1]
                self.owned[index] = True
                print(f'[{PEER_ID}] got block {index}')
                self.announce(index)
            time.sleep(INTERVAL)
        with open(OUTPUT, 'w', encoding='utf-8') as file:
            file.write(''.join(self.blocks).rstrip('\n'))
        print(f'[{PEER_ID}] complete')


Peer().run()
