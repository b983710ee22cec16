using OsDeploy.Api.Agents;

namespace OsDeploy.Agent;

/// <summary>Whoever sits at the computer, or nobody. Called from any thread.</summary>
public interface IAgentScreen
{
    /// <summary>The server's answer has changed: what this computer is to it, and what it waits for.</summary>
    /// <param name="words">By which a person at the server tells this computer from others, when one is about to (<see cref="PairingWords"/>); null: nobody is.</param>
    void Show(Orders orders, string? words);

    /// <summary>One line of what goes on: the job's log, outages.</summary>
    void Say(string line);

    /// <summary>A job begins. The screen reads the progress until what it returns is disposed.</summary>
    IDisposable Begin(JobOrder order, JobProgress progress);

    /// <summary>Disks are about to be written: the last moment for a person to stop it.</summary>
    /// <returns>False: nothing is written, the job is skipped.</returns>
    Task<bool> MayWriteAsync(JobOrder order, IReadOnlyList<PresentDisk> disks, CancellationToken cancel);

    /// <summary>Between two steps of a job: a person may want to look before it goes on.</summary>
    Task PauseAfterAsync(JobOrder order, string step, CancellationToken cancel);

    /// <summary>The computer is about to restart: the last moment for a person to keep it as it is.</summary>
    /// <returns>False: it stays.</returns>
    Task<bool> MayRestartAsync(JobOrder order, CancellationToken cancel);

    /// <param name="away">How long the server has not answered; zero: it is back (<see cref="Api.ConnectionOptions.Away"/>).</param>
    void Away(TimeSpan away);

    void End(JobOrder order, JobEnd end, IReadOnlyList<string> warnings);
}
