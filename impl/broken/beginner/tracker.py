# Tracker of a first MiniBit, as somebody hands it in. Its habits are listed in habits.json.
import json
import random
import socket
import sys
import threading

PORT = int(sys.argv[1])
TOTAL_BLOCKS = int(sys.argv[3])
INITIAL_BLOCKS = 2

peers = {}
lock = threading.Lock()


def load_blocks(path):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    size = len(text) // TOTAL_BLOCKS
    blocks = [text[i * size:(i + 1) * size] for i in range(TOTAL_BLOCKS)]
    blocks[-1] = text[(TOTAL_BLOCKS - 1) * size:]
    return blocks


blocks = load_blocks(sys.argv[2])


def others(peer_id):
    return [{'peer_id': p, 'ip': ip, 'port': port} for p, (ip, port) in peers.items() if p != peer_id]


def answer(msg, addr):
    action = msg['action']
    if action == 'register':
        with lock:
            peers[msg['peer_id']] = (addr[0], msg['listen_port'])
            listed = others(msg['peer_id'])
        initial = random.sample(range(TOTAL_BLOCKS), min(INITIAL_BLOCKS, TOTAL_BLOCKS))
        data = {str(i): blocks[i] for i in initial}
        return {'status': 'success', 'initial_blocks': initial, 'initial_blocks_data': data, 'peers': listed}
    if action == 'get_peers':
        with lock:
            listed = others(msg['peer_id'])
        return {'status': 'success', 'peers': random.sample(listed, min(5, len(listed)))}
    if action == 'request_block_tracker':
        index = msg['block_index']
        if index < TOTAL_BLOCKS:
            return {'status': 'success', 'block_index': index, 'block_data': blocks[index]}
        return {'status': 'error', 'message': 'Block not available'}
    if action == 'peer_offline':
        with lock:
            peers.pop(msg['dead_peer_id'], None)
        return {'status': 'success'}
    return {'status': 'error', 'message': 'Unknown action'}


def serve(conn, addr):
    with conn:
        msg = json.loads(conn.recv(4096).decode('utf-8'))
        print('[TRACKER] received:', msg)
        conn.sendall(json.dumps(answer(msg, addr)).encode('utf-8'))


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', PORT))
server.listen()
print('[TRACKER] listening on port', PORT)
while True:
    threading.Thread(target=serve, args=server.accept(), daemon=True).start()
