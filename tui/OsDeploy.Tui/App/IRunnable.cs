namespace OsDeploy.Tui.App;

/// <summary>What <see cref="IApplication.Run"/> can run.</summary>
public interface IRunnable
{
    bool IsRunning { get; }

    /// <summary>What it was run for; null: nothing, or it was cancelled.</summary>
    object? Result { get; set; }

    void RequestStop();
}
