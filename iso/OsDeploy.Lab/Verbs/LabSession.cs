using OsDeploy.Lab.Rooms;

namespace OsDeploy.Lab.Verbs;

/// <summary>A classroom that is open and hears verbs from other terminals, until it is disposed.</summary>
internal sealed class LabSession : IAsyncDisposable
{
    private readonly LabControl _control;
    private readonly CancellationTokenSource _end;
    private readonly Task _serving;

    private LabSession(Classroom classroom, LabControl control, CancellationToken cancel)
    {
        (Classroom, _control, Desk) = (classroom, control, new LabDesk(classroom));
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancel, Desk.Closed);
        _serving = control.ServeAsync(Desk, _end.Token);
    }

    public Classroom Classroom { get; }

    public LabDesk Desk { get; }

    /// <summary>Interrupted, or closed by a verb.</summary>
    public CancellationToken End => _end.Token;

    /// <param name="isFresh">Forgets disks and what the appliance knew.</param>
    /// <exception cref="UserErrorException"><c>lab-open</c>, and those of <see cref="Classroom.OpenAsync"/></exception>
    public static async Task<LabSession> OpenAsync(ClassroomPlan plan, string controlSocket, bool isFresh, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(controlSocket)!);
        var control = await LabControl.ListenAsync(controlSocket, cancel);
        try
        {
            if (isFresh)
            {
                Forget(plan.Folder);
            }

            Directory.CreateDirectory(plan.Folder);
            Directory.CreateDirectory(plan.Boot);
            return new LabSession(await Classroom.OpenAsync(plan, cancel), control, cancel);
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // It served until now.
        }

        _control.Dispose();
        await Classroom.DisposeAsync();
        Desk.Dispose();
        _end.Dispose();
    }

    // Firmware's memory goes with the disks: its entries name them.
    private static void Forget(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        foreach (var known in Directory.EnumerateDirectories(folder).Where(known => Path.GetFileName(known) is "appliance" or "home"))
        {
            Directory.Delete(known, recursive: true);
        }
    }
}
