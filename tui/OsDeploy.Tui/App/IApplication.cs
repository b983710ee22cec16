using System.Drawing;

namespace OsDeploy.Tui.App;

/// <summary>One terminal with what runs on it. Everything but <see cref="Invoke(Action)"/> belongs to the thread that calls <see cref="Run"/>.</summary>
public interface IApplication : IDisposable
{
    IApplication Init(string? driverName = null);

    /// <summary>Columns and rows.</summary>
    Rectangle Screen { get; }

    IKeyboard Keyboard { get; }

    /// <summary>What runs on top.</summary>
    IRunnable? TopRunnable { get; }

    /// <summary>Returns when it was stopped. Called again from inside, it shows a dialog over what runs already.</summary>
    object? Run(IRunnable runnable, Func<Exception, bool>? errorHandler = null);

    /// <summary>Stops what runs on top.</summary>
    void RequestStop();

    void RequestStop(IRunnable? runnable);

    /// <summary>From any thread: does it on the application's own.</summary>
    void Invoke(Action action);

    void Invoke(Action<IApplication> action);

    /// <param name="callback">Returns false to end it.</param>
    /// <returns>For <see cref="RemoveTimeout"/>.</returns>
    object AddTimeout(TimeSpan time, Func<bool> callback);

    bool RemoveTimeout(object token);

    void LayoutAndDraw(bool forceRedraw = false);
}
