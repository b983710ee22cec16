using System.Drawing;

namespace OsDeploy.Tui.Drivers;

/// <summary>Where keys come from and frames go to. One thread uses it, but for <see cref="Wake"/>.</summary>
internal interface ITerminal : IDisposable
{
    TerminalProfile Profile { get; }

    /// <summary>Columns and rows now.</summary>
    Size Size { get; }

    /// <summary>Takes the screen: raw keys, cursor hidden, nothing of what stood there assumed.</summary>
    void Enter();

    /// <summary>Gives the screen back as it was. Also done by <see cref="IDisposable.Dispose"/>; twice does no harm.</summary>
    void Leave();

    /// <summary>Returns when something came in, when it was woken, or when the time is over.</summary>
    void Wait(TimeSpan patience, ICollection<InputEvent> into);

    /// <summary>From any thread: ends a <see cref="Wait"/>, or the next one at once.</summary>
    void Wake();

    /// <summary>Sends what differs from the frame before.</summary>
    void Paint(FrameBuffer frame);

    /// <summary>What is on the screen is not known any longer: the next frame is sent whole.</summary>
    void Forget();
}
