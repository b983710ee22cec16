using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Tui.Drivers;

/// <summary>
/// What is to be sent. A line takes as much as it has room for; the rest waits here, nobody waits for it. So a terminal that is held
/// up (Ctrl+S, a modem, a network) loses nothing and does not hold up the program.
/// </summary>
/// <param name="isShared">
/// The open file is also that of other programs, so it cannot be told not to block: only little is sent at a time.
/// </param>
internal sealed class TtyOutput(SafeFileHandle line, bool isShared)
{
    private readonly int _most = isShared ? 64 : 16 * 1024;
    private readonly Lock _gate = new();
    private readonly AnsiText _waiting = new();
    private int _sent;

    public bool IsWaiting => _sent < _waiting.Length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _waiting.Add(bytes);
        }
    }

    /// <returns>False: the line is gone.</returns>
    public bool Push()
    {
        lock (_gate)
        {
            return PushOn();
        }
    }

    /// <summary>Sends all of it if the line takes it within that time.</summary>
    public void Drain(TimeSpan patience, TimeProvider time)
    {
        var began = time.GetTimestamp();
        lock (_gate)
        {
            for (var left = patience; left > TimeSpan.Zero && PushOn() && IsWaiting; left = patience - time.GetElapsedTime(began))
            {
                _ = IsWritable((int)left.TotalMilliseconds + 1);
            }

            Drop();
        }
    }

    private bool PushOn()
    {
        while (IsWaiting && IsWritable(0))
        {
            var rest = _waiting.Written.Span[_sent..];
            var sent = Libc.Write(line, rest[..Math.Min(rest.Length, _most)]);
            if (sent > 0)
            {
                _sent += (int)sent;
            }
            else if (Marshal.GetLastPInvokeError() is var error && error != Libc.Interrupted)
            {
                return error == Libc.TryAgain;
            }
        }

        if (!IsWaiting)
        {
            Drop();
        }

        return true;
    }

    private void Drop()
    {
        _waiting.Clear();
        _sent = 0;
    }

    private bool IsWritable(int milliseconds)
    {
        Span<Libc.Watched> watched = [new Libc.Watched((int)line.DangerousGetHandle(), Libc.Writable)];
        return Libc.Poll(watched, milliseconds) > 0 && (watched[0].Happened & (Libc.Writable | Libc.Gone)) != 0;
    }
}
