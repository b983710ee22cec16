using OsDeploy.Api;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Screens.Machine;

/// <summary>
/// Who has logged in at this computer. What is done here in that name is judged by the server like anything else that account does; the session
/// ends there after a while, and then somebody logs in again.
/// </summary>
internal sealed class MachineAccount(MachineOptions options, TimeProvider time) : IDisposable
{
    private const string SessionOver = "not-logged-in";

    private ApiClient? _client;

    /// <summary>Null: nobody.</summary>
    public Operator? Operator { get; private set; }

    /// <summary>Another is here now, or nobody.</summary>
    public event EventHandler? Changed;

    /// <exception cref="UserErrorException"><c>login-failed</c>, <c>login-too-often</c>, and what keeps the server from answering.</exception>
    public async Task LoginAsync(string name, string password, CancellationToken cancel)
    {
        var answer = await AskForSessionAsync(name, password, cancel);
        Leave();
        _client = Connect(answer.Token);
        Operator = answer.Operator;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Whether these are an administrator's, without logging in as such.</summary>
    /// <inheritdoc cref="LoginAsync"/>
    public async Task<bool> IsAdministratorAsync(string name, string password, CancellationToken cancel)
    {
        var answer = await AskForSessionAsync(name, password, cancel);
        using var client = Connect(answer.Token);
        await client.CallAsync(AccountApi.Logout, cancel);
        return Roles.May(answer.Operator.Role, Right.Administer);
    }

    public async Task LogoutAsync(CancellationToken cancel)
    {
        try
        {
            if (_client is { } client)
            {
                await client.CallAsync(AccountApi.Logout, cancel);
            }
        }
        catch (UserErrorException)
        {
            // The server forgets the session by itself.
        }
        finally
        {
            Leave();
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <exception cref="UserErrorException"><c>machine-nobody</c>, or what the server says.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<ApiClient, Task<TAnswer>> question)
    {
        try
        {
            return await question(_client ?? throw MachineErrors.Nobody());
        }
        catch (UserErrorException e) when (e.Code == SessionOver)
        {
            Leave();
            Changed?.Invoke(this, EventArgs.Empty);
            throw MachineErrors.Nobody();
        }
    }

    /// <summary>The store with the rights of whoever has logged in.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public HttpImageStore OpenStore() => new(options.Server, time, OptionsFor((_client is null ? null : _token) ?? throw MachineErrors.Nobody()));

    public void Dispose() => Leave();

    private string? _token;

    private async Task<LoginAnswer> AskForSessionAsync(string name, string password, CancellationToken cancel)
    {
        using var anyone = new ApiClient(options.Server, time, new ConnectionOptions { ServerKey = options.Key }.Once());
        try
        {
            return await anyone.CallAsync(AccountApi.Login, new LoginRequest(name, password), cancel);
        }
        catch (UserErrorException e) when (e.Code == "login-failed")
        {
            throw MachineErrors.LoginFailed();
        }
    }

    private ApiClient Connect(string token)
    {
        _token = token;
        return new ApiClient(options.Server, time, OptionsFor(token));
    }

    private ConnectionOptions OptionsFor(string token) => new ConnectionOptions { ServerKey = options.Key, Token = token }.Once();

    private void Leave()
    {
        _client?.Dispose();
        (_client, _token, Operator) = (null, null, null);
    }
}
