using System.Buffers;
using System.Text;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Drivers;

/// <summary>
/// Turns what terminals send into keys. One state a byte, so it does not matter where the line cuts a sequence in two. What a sequence
/// means is decided without knowing the terminal: linux, vt220, xterm, rxvt and screen do not contradict each other. An unknown
/// sequence is swallowed whole: its rest must not be taken for keys.
/// </summary>
/// <param name="escape">How long a sequence may pause before its first byte was the Esc key after all.</param>
/// <param name="isBackspaceControlH">What vt220 and some serial programs send for Backspace; else that is Ctrl+H.</param>
internal sealed class KeyDecoder(TimeSpan escape, bool isBackspaceControlH)
{
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    // Longer than any sequence that means something.
    private const int LongestSequence = 32;

    // Longer than any answer of a terminal to what somebody else asked.
    private const int LongestString = 4096;

    // A line may stall in the middle of a paste; its end may also be lost for good.
    private static readonly TimeSpan s_pasteStall = TimeSpan.FromSeconds(2);

    private readonly byte[] _rune = new byte[4];
    private readonly StringBuilder _sequence = new(LongestSequence);
    private readonly PasteBuffer _paste = new();
    private State _state;
    private (int Row, int Column)? _report;
    private bool _isAlt;
    private bool _isAfterReturn;
    private int _count;
    private char _opener;

    private enum State
    {
        Ground,
        Rune,
        Escape,
        EscapeEscape,
        Control,
        LinuxFunction,
        OldMouse,
        Single,
        StringOpened,
        String,
        StringEscape,
        Paste,
    }

    /// <summary>Null: nothing waits for more.</summary>
    public TimeSpan? Patience => _state switch
    {
        State.Ground => null,
        State.Paste => s_pasteStall,
        _ => escape,
    };

    /// <summary>The terminal was asked where its cursor is: the next report is the answer, not Ctrl+F3.</summary>
    public bool ExpectsReport { get; set; }

    /// <returns>Row and column, from 1, as the terminal counts; null: nothing new.</returns>
    public (int Row, int Column)? TakeReport()
    {
        var report = _report;
        _report = null;
        return report;
    }

    public void Feed(ReadOnlySpan<byte> bytes, ICollection<InputEvent> into)
    {
        foreach (var next in bytes)
        {
            Take(next, into);
        }
    }

    /// <summary>The patience is over: what has come so far is all.</summary>
    public void Flush(ICollection<InputEvent> into)
    {
        var state = _state;
        _state = State.Ground;
        switch (state)
        {
            case State.Escape:
                Press(KeyCode.Esc, into);
                break;
            case State.EscapeEscape:
                Press(KeyCode.Esc, into);
                Press(KeyCode.Esc, into);
                break;
            case State.Control or State.Single or State.StringOpened when _sequence.Length == 0:
                _isAlt = true;
                Press(new Key(_opener).KeyCode, into);
                break;
            case State.Rune:
                Press((KeyCode)'?', into);
                break;
            case State.Paste:
                into.Add(_paste.Take());
                break;
            default:
                break;
        }

        _isAlt = false;
    }

    private void Take(byte next, ICollection<InputEvent> into)
    {
        switch (_state)
        {
            case State.Ground:
                OnGround(next, into);
                break;
            case State.Rune:
                AddToRune(next, into);
                break;
            case State.Escape:
                AfterEscape(next, into);
                break;
            case State.EscapeEscape:
                AfterTwoEscapes(next, into);
                break;
            case State.Paste:
                if (_paste.Add(next))
                {
                    _state = State.Ground;
                    into.Add(_paste.Take());
                }

                break;
            case State.StringOpened or State.String or State.StringEscape:
                InString(next, into);
                break;
            default:
                InSequence(next, into);
                break;
        }
    }

    private void OnGround(byte next, ICollection<InputEvent> into)
    {
        _state = State.Ground;
        var isAfterReturn = _isAfterReturn;
        _isAfterReturn = next == '\r' && !_isAlt;
        if (next == Escape)
        {
            _state = State.Escape;
        }
        else if (next >= 0x80)
        {
            _count = 0;
            AddToRune(next, into);
        }
        else if (next is >= (byte)' ' and < Delete)
        {
            Press(new Key((char)next).KeyCode, into);
        }
        else if (!isAfterReturn || next is not ((byte)'\n' or 0))
        {
            // Telnet and some serial programs send two bytes for Enter. It is one.
            Press(ControlKey(next), into);
        }
    }

    private KeyCode ControlKey(byte next) => next switch
    {
        0 => KeyCode.Space | KeyCode.CtrlMask,
        8 when !isBackspaceControlH => KeyCode.H | KeyCode.CtrlMask,
        8 or Delete => KeyCode.Backspace,
        (byte)'\t' => KeyCode.Tab,
        (byte)'\r' or (byte)'\n' => KeyCode.Enter,
        _ => (KeyCode)(next + '@') | KeyCode.CtrlMask,
    };

    private void AddToRune(byte next, ICollection<InputEvent> into)
    {
        _rune[_count++] = next;
        var status = Rune.DecodeFromUtf8(_rune.AsSpan(0, _count), out var rune, out _);
        if (status == OperationStatus.NeedMoreData)
        {
            _state = State.Rune;
            return;
        }

        _state = State.Ground;
        if (status == OperationStatus.InvalidData)
        {
            Press((KeyCode)'?', into);
            if (_count > 1)
            {
                OnGround(next, into);
            }
        }
        else if (!Rune.IsControl(rune))
        {
            Press((KeyCode)rune.Value, into);
        }

        _isAlt = false;
    }

    private void AfterEscape(byte next, ICollection<InputEvent> into)
    {
        (_opener, _count) = ((char)next, 0);
        _sequence.Clear();
        switch (next)
        {
            case (byte)'[':
                _state = State.Control;
                break;
            case (byte)'O':
                _state = State.Single;
                break;
            case (byte)'P' or (byte)']' or (byte)'X' or (byte)'^' or (byte)'_':
                _state = State.StringOpened;
                break;
            case Escape:
                _state = State.EscapeEscape;
                break;
            case (byte)'\t':
                // What the kernel's keyboard sends for Shift+Tab.
                _state = State.Ground;
                Press(KeyCode.Tab | KeyCode.ShiftMask, into);
                break;
            case >= (byte)'0' and <= (byte)'9':
                // Alt with a digit is the function key too: lines and programs that eat those leave this one.
                _state = State.Ground;
                Press(next == '0' ? KeyCode.F10 : KeyCode.F1 + (uint)(next - '1'), into);
                break;
            default:
                _isAlt = true;
                OnGround(next, into);
                break;
        }
    }

    private void AfterTwoEscapes(byte next, ICollection<InputEvent> into)
    {
        if (next is (byte)'[' or (byte)'O')
        {
            // rxvt: Alt with a key that is a sequence itself.
            AfterEscape(next, into);
            _isAlt = true;
            return;
        }

        Press(KeyCode.Esc, into);
        AfterEscape(next, into);
    }

    private void InString(byte next, ICollection<InputEvent> into)
    {
        switch (_state, next)
        {
            case (State.StringEscape, (byte)'\\'):
            case (_, 0x07 or 0x18 or 0x1A):
                _state = State.Ground;
                break;
            case (State.StringEscape, _):
                AfterEscape(next, into);
                break;
            case (_, Escape):
                _state = State.StringEscape;
                break;
            default:
                _state = ++_count < LongestString ? State.String : State.Ground;
                break;
        }
    }

    private void InSequence(byte next, ICollection<InputEvent> into)
    {
        if (_state == State.OldMouse)
        {
            EndIf(--_count == 0);
        }
        else if (next is < (byte)' ' or >= Delete)
        {
            // No sequence goes on like this: it was cut off.
            EndIf(true);
            OnGround(next, into);
        }
        else if (_state == State.LinuxFunction)
        {
            End(next is >= (byte)'A' and <= (byte)'E' ? KeyCode.F1 + (uint)(next - 'A') : KeyCode.Null, into);
        }
        else if (_sequence.Length == 0 && _state == State.Control && next is (byte)'[' or (byte)'M')
        {
            (_state, _count) = next == '[' ? (State.LinuxFunction, 0) : (State.OldMouse, 3);
        }
        else if (IsFinal((char)next))
        {
            Decide((char)next, into);
        }
        else if (_sequence.Length < LongestSequence)
        {
            _sequence.Append((char)next);
        }
    }

    // rxvt ends the sequence of a key with Shift on a dollar, which otherwise is in the middle of an answer.
    private bool IsFinal(char next) => next >= '@' || (next == '$' && _sequence.Length > 0 && _sequence[0] != '?');

    private void Decide(char final, ICollection<InputEvent> into)
    {
        var isControl = _state == State.Control;
        var sequence = new KeySequence(_sequence.ToString(), final);
        if (isControl && sequence.IsPasteStart)
        {
            EndIf(true);
            _state = State.Paste;
        }
        else if (isControl && ExpectsReport && sequence.Report is { } report)
        {
            (_report, ExpectsReport) = (report, false);
            EndIf(true);
        }
        else if (isControl && sequence.Mouse is { } mouse)
        {
            EndIf(true);
            into.Add(new InputEvent.Moused(mouse));
        }
        else
        {
            End(isControl ? sequence.ControlKey : sequence.SingleKey, into);
        }
    }

    private void EndIf(bool isOver)
    {
        if (isOver)
        {
            (_state, _isAlt) = (State.Ground, false);
        }
    }

    private void End(KeyCode key, ICollection<InputEvent> into)
    {
        _state = State.Ground;
        if (key != KeyCode.Null)
        {
            Press(key, into);
        }

        _isAlt = false;
    }

    private void Press(KeyCode key, ICollection<InputEvent> into)
    {
        into.Add(new InputEvent.Pressed(new Key(_isAlt ? key | KeyCode.AltMask : key)));
        _isAlt = false;
    }
}
