using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Screens.Session;

/// <summary>
/// One person at one appliance. When the session ends (a restart, 12 hours, another's hand), the person is asked to log in and the
/// request goes on: no screen is lost. Safe for many threads.
/// </summary>
internal sealed class ApplianceSession : IDisposable
{
    /// <summary>A console that nobody touches lets go of its session, as the appliance does by itself.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _oneLogin = new(1);
    private readonly TimeProvider _time;
    private readonly ConnectionOptions _options;
    private readonly List<SignedIn> _all = [];
    private volatile SignedIn? _now;
    private long _touched;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="address"><c>unix:/PATH</c> or <c>https://HOST[:PORT]</c></param>
    /// <param name="key">The key the appliance must have; null over a socket.</param>
    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c></exception>
    public ApplianceSession(string address, ServerKey? key, TimeProvider time)
    {
        (_time, _touched) = (time, time.GetTimestamp());
        _options = new ConnectionOptions { ServerKey = key }.Once();
        using var check = new ApiClient(address, time, _options);
        Address = check.Address;
    }

    /// <summary>Somebody logged in or out, or the session was found to have ended. On any thread.</summary>
    public event EventHandler? Changed;

    public string Address { get; }

    /// <summary>Null: nobody is logged in.</summary>
    public Operator? Operator => _now?.Operator;

    /// <summary>Asks as the person who is logged in; null: nobody is.</summary>
    public ApiClient? Api => _now?.Api;

    /// <inheritdoc cref="Api"/>
    public HttpImageStore? Store => _now?.Store;

    /// <summary>Shows the login over whatever is on the screen. False: the person would rather not.</summary>
    public Func<CancellationToken, Task<bool>>? AskLogin { get; set; }

    /// <summary>False: the person sits elsewhere, and this computer's files are none of theirs.</summary>
    public bool HasFiles { get; init; } = true;

    /// <summary>Nobody has touched a key for a quarter of an hour.</summary>
    public bool IsIdle => _time.GetElapsedTime(Interlocked.Read(ref _touched)) >= MaxIdle;

    public bool May(Right right) => Operator is { } who && Roles.May(who.Role, right);

    /// <summary>Before a file of this computer is read or written.</summary>
    /// <exception cref="UserErrorException"><c>files-elsewhere</c></exception>
    public void RequireFiles()
    {
        if (!HasFiles)
        {
            throw SessionErrors.FilesElsewhere();
        }
    }

    /// <summary>A key was pressed.</summary>
    public void Touch() => Interlocked.Exchange(ref _touched, _time.GetTimestamp());

    /// <exception cref="UserErrorException"><c>login-failed</c>, <c>login-too-often</c>, <c>appliance-unreachable</c></exception>
    public async Task LoginAsync(string name, string password, CancellationToken cancel)
    {
        using var stranger = new ApiClient(Address, _time, _options);
        Resume(await ReachAsync(() => stranger.CallAsync(AccountApi.Login, new LoginRequest(name, password), cancel)));
    }

    /// <summary>Goes on with a session that was begun elsewhere.</summary>
    public void Resume(LoginAnswer answer)
    {
        Touch();
        var options = _options with { Token = answer.Token };
        Enter(new SignedIn(new ApiClient(Address, _time, options), new HttpImageStore(Address, _time, options), answer.Operator));
    }

    /// <summary>Ends the session here whatever the appliance answers.</summary>
    public async Task LogoutAsync(CancellationToken cancel)
    {
        if (_now is not { } now)
        {
            return;
        }

        Leave(now);
        try
        {
            await now.Api.CallAsync(AccountApi.Logout, cancel);
        }
        catch (UserErrorException)
        {
            // It has ended already, or ends by itself in a quarter of an hour.
        }
    }

    /// <summary>The appliance does not know this session any more.</summary>
    public void NoteEnded(ApiClient api)
    {
        if (_now is { } now && now.Api == api)
        {
            Leave(now);
        }
    }

    /// <param name="values">One per <c>{name}</c> of the route.</param>
    /// <exception cref="UserErrorException">The appliance's own refusal; <c>appliance-unreachable</c>, <c>logged-out</c>.</exception>
    public Task<TAnswer> CallAsync<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, TBody body, CancellationToken cancel, params string[] values) =>
        RunAsync(now => now.Api.CallAsync(route, body, cancel, values), cancel);

    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    public Task<TAnswer> CallAsync<TAnswer>(ApiRoute<Nothing, TAnswer> route, CancellationToken cancel, params string[] values) =>
        RunAsync(now => now.Api.CallAsync(route, cancel, values), cancel);

    /// <param name="query">Escaped, without the question mark.</param>
    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    public Task<TAnswer> AskAsync<TAnswer>(ApiRoute<Nothing, TAnswer> route, string query, CancellationToken cancel, params string[] values) =>
        RunAsync(now => now.Api.AskAsync(route, query, cancel, values), cancel);

    /// <summary>Asks for something of the appliance's store.</summary>
    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    public Task<T> AskStoreAsync<T>(Func<HttpImageStore, Task<T>> ask, CancellationToken cancel) => RunAsync(now => ask(now.Store), cancel);

    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    public Task DownloadAsync(ApiRoute route, Stream to, CancellationToken cancel) => RunAsync(
        async now =>
        {
            await now.Api.DownloadAsync(route, to, cancel);
            return true;
        },
        cancel);

    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    public Task DownloadAsync<TBody>(ApiRoute<TBody, Nothing> route, TBody body, Stream to, CancellationToken cancel) => RunAsync(
        async now =>
        {
            await now.Api.DownloadAsync(route, body, to, cancel);
            return true;
        },
        cancel);

    /// <inheritdoc cref="CallAsync{TBody, TAnswer}"/>
    /// <param name="open">Called once per attempt.</param>
    public Task<TAnswer> UploadAsync<TAnswer>(ApiRoute route, Func<Stream> open, JsonTypeInfo<TAnswer> answer, CancellationToken cancel) =>
        RunAsync(now => now.Api.UploadAsync(route, open, answer, cancel), cancel);

    public void Dispose()
    {
        foreach (var one in _all)
        {
            one.Api.Dispose();
            one.Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        _oneLogin.Dispose();
    }

    private async Task<T> RunAsync<T>(Func<SignedIn, Task<T>> ask, CancellationToken cancel)
    {
        while (true)
        {
            var now = _now ?? await AskAgainAsync(null, cancel);
            try
            {
                return await ReachAsync(() => ask(now));
            }
            catch (UserErrorException e) when (e.Code == "not-logged-in")
            {
                NoteEnded(now.Api);
                await AskAgainAsync(now, cancel);
            }
        }
    }

    // One login for all that wait: whoever comes second finds the new session.
    private async Task<SignedIn> AskAgainAsync(SignedIn? ended, CancellationToken cancel)
    {
        await _oneLogin.WaitAsync(cancel);
        try
        {
            if (_now is { } other && other != ended)
            {
                return other;
            }

            return AskLogin is { } login && await login(cancel) && _now is { } again ? again : throw SessionErrors.LoggedOut();
        }
        finally
        {
            _oneLogin.Release();
        }
    }

    private async Task<T> ReachAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            throw SessionErrors.Unreachable(Address, e.InnerException ?? e);
        }
    }

    private void Enter(SignedIn one)
    {
        lock (_all)
        {
            _all.Add(one);
            _now = one;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    // Closed only in the end: a request that still runs has its own answer to hear.
    private void Leave(SignedIn one)
    {
        lock (_all)
        {
            if (_now != one)
            {
                return;
            }

            _now = null;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed record SignedIn(ApiClient Api, HttpImageStore Store, Operator Operator);
}
